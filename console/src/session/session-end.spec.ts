import type { Session } from './session';
import { whyEnded } from './session-end';

const MINUTE = 60_000;
const NOW = Date.parse('2026-11-29T12:00:00Z');
const session: Session = {
  connectorId: '5a1f4a9e-0f5e-4f4e-8a51-1c5c7f1f2b33',
  admin: { email: 'olga@example.com', provider: 'zoom', role: 'Owner' },
  csrfToken: 'token',
  idleSeconds: 30 * 60,
  expiresAt: new Date(NOW + 60 * MINUTE).toISOString(),
};

describe('whyEnded', () => {
  test.each([
    ['nobody was there for the whole idle time', NOW - 30 * MINUTE, 'idle'],
    ['the page noticed the last use a look later than the service', NOW - 28.6 * MINUTE, 'idle'],
    ['somebody was there a minute ago', NOW - MINUTE, 'ended'],
    ['somebody was there 28 minutes ago', NOW - 28 * MINUTE, 'ended'],
  ])('%s', (_, usedAt, why) => {
    expect(whyEnded(session, NOW, usedAt)).toBe(why);
  });

  test('a session that is as old as one may get has expired, whoever was there', () => {
    const old = { ...session, expiresAt: new Date(NOW).toISOString() };
    expect(whyEnded(old, NOW, NOW - MINUTE)).toBe('expired');
    expect(whyEnded(old, NOW, NOW - 40 * MINUTE)).toBe('expired');
  });
});
