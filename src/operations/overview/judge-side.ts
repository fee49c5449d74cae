import type { Grant } from '../../oauth/grant';
import type { Provider } from '../../oauth/provider';

type JudgedGrant = Pick<Grant, 'provider' | 'state' | 'atRiskReason' | 'deadReason' | 'deadAt'>;

export interface Reason {
  provider: Provider;
  code: string;
  since: Date;
}

const active = (grants: readonly JudgedGrant[], provider: Provider): JudgedGrant | undefined =>
  grants.find((grant) => grant.provider === provider && grant.state === 'active');

export const hasActive = (grants: readonly JudgedGrant[], provider: Provider): boolean =>
  active(grants, provider) !== undefined;

/** An admin should authorise this side now: nothing works there, or not for much longer. */
export function needsAdmin(grants: readonly JudgedGrant[], provider: Provider): boolean {
  const grant = active(grants, provider);
  return grant === undefined || grant.atRiskReason !== null;
}

/** Why a side stands still: what ended its last grant. undefined: it works. */
export function reasonFor(grants: readonly JudgedGrant[], provider: Provider, stateSince: Date): Reason | undefined {
  if (hasActive(grants, provider)) return undefined;
  const dead = grants.filter((grant) => grant.provider === provider && grant.state === 'dead');
  const last = dead.sort((a, b) => (b.deadAt?.getTime() ?? 0) - (a.deadAt?.getTime() ?? 0))[0];
  return { provider, code: last?.deadReason ?? 'not_authorised', since: last?.deadAt ?? stateSince };
}
