import type { GrantHintReason } from '../../oauth/grant-watch';
import { assertNever } from '../../platform/errors/assert-never';
import type { ZoomEventName } from '../../zoom/webhooks/zoom-event';

export interface GrantHint {
  reason: GrantHintReason;
  occurredAt: Date | undefined;
}

const WEIGHT: Record<GrantHintReason, number> = {
  user_changed: 1,
  user_deactivated: 2,
  user_left: 3,
  app_deauthorized: 4,
};

/** Of several hints about one person the gravest, and of equal ones the latest: who asks the provider must not miss it. */
export function pickGrantHint(hints: GrantHint[]): GrantHint | undefined {
  const time = (hint: GrantHint): number => hint.occurredAt?.getTime() ?? 0;
  const isGraver = (a: GrantHint, b: GrantHint): boolean =>
    WEIGHT[a.reason] === WEIGHT[b.reason] ? time(a) > time(b) : WEIGHT[a.reason] > WEIGHT[b.reason];
  return hints.reduce<GrantHint | undefined>(
    (best, hint) => (best === undefined || isGraver(hint, best) ? hint : best),
    undefined,
  );
}

/** What an event of Zoom means for a grant of that person. */
export function reasonOf(event: ZoomEventName): GrantHintReason {
  switch (event) {
    case 'app_deauthorized':
      return 'app_deauthorized';
    case 'user.deleted':
    case 'user.disassociated':
      return 'user_left';
    case 'user.deactivated':
      return 'user_deactivated';
    case 'user.created':
    case 'user.invitation_accepted':
    case 'user.activated':
    case 'user.updated':
      return 'user_changed';
    default:
      return assertNever(event);
  }
}
