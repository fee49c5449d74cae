import { createContext, use } from 'react';
import type { Session } from './session';

const Context = createContext<Session | undefined>(undefined);

export const SessionProvider = Context;

/** The session of the person who is signed in; only for what is shown to such a person. */
export function useSession(): Session {
  const session = use(Context);
  if (session === undefined) throw new Error('useSession is used outside of the signed-in part');
  return session;
}

/** The connector of this session, as the API's paths want it. */
export const useConnectorPath = (): { path: { connectorId: string } } => ({
  path: { connectorId: useSession().connectorId },
});
