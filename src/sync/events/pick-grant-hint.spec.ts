import type { GrantHintReason } from '../../oauth/grant-watch';
import { ZOOM_APP_EVENTS, ZOOM_USER_EVENTS } from '../../zoom/webhooks/zoom-event';
import { pickGrantHint, reasonOf } from './pick-grant-hint';

const at = (second: number): Date => new Date(second * 1000);
const hint = (reason: GrantHintReason, second?: number) => ({
  reason,
  occurredAt: second === undefined ? undefined : at(second),
});

describe('pickGrantHint', () => {
  it('prefers the gravest, whatever came first', () => {
    const left = hint('user_left', 1);
    expect(pickGrantHint([hint('user_changed', 3), left, hint('user_deactivated', 2)])).toBe(left);
    expect(pickGrantHint([left, hint('user_changed', 3)])).toBe(left);
  });

  it('prefers the latest of equal ones', () => {
    const late = hint('user_changed', 2);
    expect(pickGrantHint([hint('user_changed', 1), late, hint('user_changed')])).toBe(late);
  });

  it('has nothing to say without hints', () => expect(pickGrantHint([])).toBeUndefined());
});

describe('reasonOf', () => {
  it('knows every event', () =>
    expect([...ZOOM_USER_EVENTS, ...ZOOM_APP_EVENTS].map((event) => `${event}: ${reasonOf(event)}`)).toEqual([
      'user.created: user_changed',
      'user.invitation_accepted: user_changed',
      'user.activated: user_changed',
      'user.deactivated: user_deactivated',
      'user.updated: user_changed',
      'user.deleted: user_left',
      'user.disassociated: user_left',
      'app_deauthorized: app_deauthorized',
    ]));
});
