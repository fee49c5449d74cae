import type { Connector, Grant, Side } from '../types';
import { listNotices } from './list-notices';

const NOW = Date.parse('2026-11-25T10:00:00.000Z');
const SINCE = '2026-11-24T10:00:00.000Z';
const side = (...grants: Partial<Grant>[]): Side => ({
  accountId: 'account',
  grants: grants as Grant[],
  reauthorize: null,
});
const CALM = {
  state: 'active',
  zoom: side(),
  cloudlink: side(),
  alerts: { dead: 0 },
  deltaRefused: null,
  zoomPhone: { answer: 'listed', since: SINCE, answeredAt: SINCE, failure: null },
} as unknown as Connector;
const notices = (changes: Partial<Connector>) => listNotices({ ...CALM, ...changes }, NOW);

describe('listNotices', () => {
  it('has nothing to say of a connector that runs', () => {
    expect(notices({})).toEqual([]);
  });

  it.each<[string, Partial<Connector>, object]>([
    [
      'who has taken over',
      {
        cloudlink: side(
          { state: 'active', admin: 'b@example.com', authorisedAt: '2026-11-01T10:00:00.000Z' },
          { state: 'dead', kind: 'admin', admin: 'a@example.com', deadAt: SINCE, deadReason: 'user_left' },
        ),
      },
      { kind: 'taken_over', provider: 'cloudlink', from: 'a@example.com', to: 'b@example.com', code: 'user_left' },
    ],
    ['alerts that nobody got', { alerts: { dead: 2 } }, { kind: 'alerts_undelivered', count: 2 }],
    [
      'that Zoom does not list who has Zoom Phone',
      { zoomPhone: { ...CALM.zoomPhone, failure: { code: 'provider_rejected', since: SINCE } } },
      { kind: 'zoom_phone_failed', code: 'provider_rejected', since: SINCE },
    ],
    [
      'that the app may not ask who has Zoom Phone',
      { zoomPhone: { ...CALM.zoomPhone, answer: 'scope_missing' } },
      { kind: 'zoom_phone_scope' },
    ],
    [
      'that CloudLink does not tell changes',
      { deltaRefused: { reason: 'ignored', since: SINCE, triesAgainAt: null } },
      { kind: 'delta_refused', reason: 'ignored', triesAgainAt: null },
    ],
  ])('tells %s', (_, changes, expected) => {
    expect(notices(changes)).toEqual([expected]);
  });

  it('has nothing to say of a connector that is over', () => {
    expect(notices({ state: 'disconnected', alerts: { dead: 2 } })).toEqual([]);
  });
});
