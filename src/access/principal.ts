import type { AppCaller } from './app-tokens/app-identity';

/** What a machine client may do; a token carries some of them, space-separated (RFC 6749 section 3.3). */
export const SCOPES = [
  'status:read',
  'credentials:read',
  'registrations:write',
  'sync:run',
  'connector:manage',
  'audit:read',
] as const;
export type Scope = (typeof SCOPES)[number];

/** An admin who is signed in to the console. */
export interface AdminCaller {
  sessionId: string;
  /** Zoom or CloudLink user id. */
  subjectId: string;
  email: string;
  provider: 'zoom' | 'cloudlink';
}

/** Who calls: a machine client, bound to one connector, an app that such a client has made a token for, or an admin's session. */
export interface Principal {
  /** Of an admin: `session/` and the id of the session, so that no client has the same. */
  clientId: string;
  connectorId: string;
  scopes: ReadonlySet<Scope>;
  /** What an admin has allowed a marketplace client; undefined: a machine client of this connector alone. */
  authorizationId?: string;
  /** undefined: the client itself. */
  app?: AppCaller;
  /** undefined: no person. */
  admin?: AdminCaller;
}
