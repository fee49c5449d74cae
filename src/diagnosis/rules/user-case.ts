import type { RegistrarResult } from '../../sip/registrar/registrar-result';
import type { ConnectorFacts, DeviceFacts, TargetFacts, UserFacts } from '../facts';

/** One user as the rules look at them. */
export interface UserCase {
  user: UserFacts;
  connector: ConnectorFacts;
  /** The newest failure that counts. */
  failure: DeviceFacts | undefined;
  /** Where that failure was; where the app did not say, the first target of the user. */
  target: TargetFacts | undefined;
  /** Where the newest live registration is, as far as the app has said so. */
  registeredAt: TargetFacts | undefined;
  /** What the registrar says of the user's hash, where that is no older than what the devices say. */
  word: RegistrarResult | undefined;
}

export function openCase(user: UserFacts, connector: ConnectorFacts): UserCase {
  const failure = user.devices.find(({ outcome }) => outcome === 'failed');
  const live = user.devices.find(({ outcome }) => outcome === 'registered');
  const find = (id: string | null | undefined): TargetFacts | undefined => connector.targets.get(id ?? '');
  return {
    user,
    connector,
    failure,
    target: find(failure?.target ?? live?.target ?? user.targets[0]),
    registeredAt: find(live?.target),
    word: user.check?.isNewer === true || failure === undefined ? user.check?.result : undefined,
  };
}

/** The code of a SIP answer that the app had from a registrar; undefined: it had none. */
export function answerOf({ failure }: UserCase): number | undefined {
  return failure?.source === 'registrar' ? (failure.code ?? undefined) : undefined;
}

/** The app has made its code itself: nothing came back, or there was no connection. */
export const hadNoAnswer = ({ failure }: UserCase): boolean => failure !== undefined && failure.source !== 'registrar';
