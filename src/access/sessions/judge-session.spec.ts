import { isLookDue, isTouchDue, whyOver, type SessionFacts } from './judge-session';

const NOW = new Date('2026-11-29T12:00:00Z');
const ago = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1000);
const session = (facts: Partial<SessionFacts> = {}): SessionFacts => ({
  seenAt: ago(60),
  lookedAt: ago(60),
  expiresAt: ago(-60),
  grantState: 'active',
  atRiskReason: null,
  checkedAt: ago(60),
  connectorState: 'active',
  ...facts,
});

describe('whyOver', () => {
  it.each([
    ['goes on', {}, undefined],
    ['goes on with a standby grant', { grantState: 'standby' }, undefined],
    ['goes on at a connector that is half set up', { connectorState: 'pending' }, undefined],
    ['goes on where the other side needs an admin', { connectorState: 'reauthorization_required' }, undefined],
    ['goes on while nobody can ask the provider', { atRiskReason: 'keep_alive_failed' }, undefined],
    ['goes on until the last second of idleness', { seenAt: ago(1799) }, undefined],
    ['is idle', { seenAt: ago(1800) }, 'idle'],
    ['has expired, however busy', { seenAt: NOW, expiresAt: NOW }, 'expired'],
    ['has no grant', { grantState: 'dead' }, 'grant_dead'],
    ['has no connector', { connectorState: 'disconnected', grantState: 'dead' }, 'disconnected'],
    ['has no role', { atRiskReason: 'role_missing' }, 'role_missing'],
    ['is of somebody who left', { atRiskReason: 'user_left' }, 'user_left'],
    ['is of somebody who was deactivated', { atRiskReason: 'user_deactivated' }, 'user_deactivated'],
    ['is of somebody whose tokens are refused', { atRiskReason: 'token_refused' }, 'token_refused'],
  ] as const)('%s', (_, facts, reason) => {
    expect(whyOver(session(facts), NOW)).toBe(reason);
  });
});

describe('isLookDue', () => {
  it.each([
    ['15 minutes after the last look', { checkedAt: ago(900) }, true],
    ['not before', { checkedAt: ago(899) }, false],
    ['when nobody has ever looked', { checkedAt: null }, true],
    ['not twice within a minute', { checkedAt: ago(900), lookedAt: ago(59) }, false],
  ] as const)('%s', (_, facts, isDue) => {
    expect(isLookDue(session(facts), NOW)).toBe(isDue);
  });
});

it('writes the last use down every half minute', () => {
  expect([29, 30].map((seconds) => isTouchDue(session({ seenAt: ago(seconds) }), NOW))).toEqual([false, true]);
});
