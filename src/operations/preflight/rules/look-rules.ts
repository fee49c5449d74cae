import type { Provider } from '../../../oauth/provider';
import type { GrantFacts, Look, LookFault } from '../facts';
import { found, type Finding } from '../findings';
import { assertNever } from '../../../platform/errors/assert-never';

/** What a look tells, or why the check knows nothing. One side being down breaks only its own checks. */
export function judgeLook<T>(side: Provider, look: Look<T>, judge: (seen: T) => Finding): Finding {
  return 'seen' in look ? judge(look.seen) : judgeFault(side, look.fault);
}

export function judgeFault(side: Provider, fault: LookFault): Finding {
  switch (fault.kind) {
    case 'not_authorised':
      return found('unknown', 'not_authorised', { side });
    case 'unreachable':
      return found('unknown', 'unreachable', { side, retryAfterSeconds: fault.retryAfterSeconds });
    case 'refused':
      return found('unknown', 'refused', { side });
    case 'unreadable':
      return found('unknown', 'unreadable', { side });
    default:
      return assertNever(fault);
  }
}

/** Whether an admin's authorisation is there and is accepted now. */
export function judgeAuthorisation(side: Provider, grant: GrantFacts | undefined, look: Look<unknown>): Finding {
  if (grant === undefined) return found('failed', 'not_authorised', { side });
  if ('fault' in look) {
    switch (look.fault.kind) {
      case 'not_authorised':
        return found('failed', 'not_authorised', { side });
      case 'refused':
        return found('failed', 'token_refused', { side, admin: grant.admin });
      default:
        return judgeFault(side, look.fault);
    }
  }
  const { admin, kind, atRisk } = grant;
  return atRisk === null
    ? found('ok', 'authorised', { side, admin, kind })
    : found('warning', 'at_risk', { side, admin, reason: atRisk });
}

/** What was granted, as the provider said when it gave the token. */
export const scopesOf = (grant: GrantFacts): string[] => grant.scope.split(/[\s,]+/).filter((scope) => scope !== '');
