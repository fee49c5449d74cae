import type { Arrival } from './arrivals';
import { IDLE, nextAuthoriseState, type AuthoriseEvent, type AuthoriseState } from './authorise-state';

const order = { provider: 'zoom', url: 'https://connector.example.com/oauth/zoom/start' } as const;
const WAITING: AuthoriseState = { name: 'waiting', ...order };
const arrived = (rest: Partial<Arrival>): AuthoriseEvent => ({
  type: 'arrived',
  arrival: { provider: 'zoom', result: undefined, error: undefined, ...rest },
});
const after = (...events: AuthoriseEvent[]) => events.reduce(nextAuthoriseState, IDLE);

describe('nextAuthoriseState', () => {
  it.each<[string, AuthoriseEvent[], AuthoriseState]>([
    ['a window that opens', [{ type: 'opened', ...order }], WAITING],
    ['one that is blocked', [{ type: 'blocked', ...order }], { name: 'blocked', ...order }],
    ['one that closes', [{ type: 'opened', ...order }, { type: 'closed' }], { name: 'closed', ...order }],
    [
      'a good end',
      [{ type: 'opened', ...order }, arrived({ result: 'signed_in' })],
      { name: 'done', result: 'signed_in', ...order },
    ],
    [
      'a consent that was declined',
      [{ type: 'opened', ...order }, arrived({ error: 'oauth_declined' })],
      { name: 'failed', code: 'oauth_declined', ...order },
    ],
    [
      'a failure that the operator can find',
      [{ type: 'opened', ...order }, arrived({ error: 'internal_error', reference: 'request-1' })],
      { name: 'failed', code: 'internal_error', reference: 'request-1', ...order },
    ],
    [
      'an arrival after the window was taken for closed',
      [{ type: 'opened', ...order }, { type: 'closed' }, arrived({ result: 'standby' })],
      { name: 'done', result: 'standby', ...order },
    ],
    [
      'an arrival after all patience',
      [{ type: 'opened', ...order }, { type: 'late' }, arrived({ result: 'signed_in' })],
      { name: 'done', result: 'signed_in', ...order },
    ],
    ['15 minutes without anything', [{ type: 'opened', ...order }, { type: 'late' }], { name: 'timed_out', ...order }],
    [
      'the patience with a closed window',
      [{ type: 'opened', ...order }, { type: 'closed' }, { type: 'late' }],
      { name: 'timed_out', ...order },
    ],
    [
      'an arrival at the other provider',
      [{ type: 'opened', ...order }, arrived({ provider: 'cloudlink', result: 'signed_in' })],
      WAITING,
    ],
    ['an arrival that nobody here has begun', [arrived({ result: 'signed_in' })], IDLE],
    [
      'a window that closes after it has arrived',
      [{ type: 'opened', ...order }, arrived({ result: 'signed_in' }), { type: 'closed' }],
      { name: 'done', result: 'signed_in', ...order },
    ],
    [
      'a second try after a failure',
      [{ type: 'opened', ...order }, arrived({ error: 'oauth_declined' }), { type: 'opened', ...order }],
      WAITING,
    ],
  ])('knows %s', (_, events, expected) => {
    expect(after(...events)).toEqual(expected);
  });
});
