import { readZoomMessage } from './read-zoom-message';

const read = (body: unknown): ReturnType<typeof readZoomMessage> => readZoomMessage(Buffer.from(JSON.stringify(body)));

describe('readZoomMessage', () => {
  it('takes from a user event whom it is about and nothing else', () => {
    const event = {
      event: 'user.updated',
      event_ts: 1626230691572,
      payload: {
        account_id: 'AAAAAABBBB',
        operator: 'admin@example.com',
        object: { id: 'abcD3ojfdbjfg', email: 'juergen@example.com', first_name: 'Jürgen' },
        old_object: { id: 'another', email: 'old@example.com' },
      },
    };
    const expected = {
      kind: 'event',
      event: {
        event: 'user.updated',
        accountId: 'AAAAAABBBB',
        clientId: undefined,
        subjectId: 'abcD3ojfdbjfg',
        occurredAt: new Date(1626230691572),
      },
    };
    expect(read(event)).toEqual(expected);
    // The order of keys is not fixed.
    expect(read({ payload: event.payload, event_ts: event.event_ts, event: event.event })).toEqual(expected);
  });

  it.each([
    ['2024-09-08 15:58:40', '2024-09-08T15:58:40.000Z'],
    [1725811120000, '2024-09-08T15:58:40.000Z'],
    [undefined, '2020-06-17T13:52:28.632Z'],
  ])('reads app_deauthorized with event_ts %p', (time, expected) => {
    const payload = {
      account_id: 'AAAAAABBBB',
      user_id: 'abcD3ojfdbjfg',
      signature: '827edc3452044f0b',
      deauthorization_time: '2020-06-17T13:52:28.632Z',
      client_id: 'ABCDEFGHIJKLMNOPQRST!V',
      event_ts: time,
    };
    expect(read({ event: 'app_deauthorized', payload })).toEqual({
      kind: 'event',
      event: {
        event: 'app_deauthorized',
        accountId: 'AAAAAABBBB',
        clientId: 'ABCDEFGHIJKLMNOPQRST!V',
        subjectId: 'abcD3ojfdbjfg',
        occurredAt: new Date(expected),
      },
    });
  });

  it('hands the token of a validation on as it is', () => {
    expect(read({ payload: { plainToken: 'x' }, event: 'endpoint.url_validation' })).toEqual({
      kind: 'validation',
      plainToken: 'x',
    });
    expect(read({ event: 'endpoint.url_validation' })).toEqual({ kind: 'validation', plainToken: undefined });
  });

  it('knows what it does not follow', () => {
    const phone = { event: 'phone.generic_device_provision', payload: { account_id: 'A', object: { id: 'x' } } };
    expect(read(phone)).toEqual({ kind: 'other', name: 'phone.generic_device_provision' });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['no JSON', Buffer.from('{"event":')],
    ['a list', Buffer.from('[]')],
    ['no UTF-8', Buffer.from([0xff, 0xfe, 0x00])],
    ['a million brackets', Buffer.from('['.repeat(1_000_000))],
    ['a deep body', Buffer.from(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)],
    ['an event without a person', Buffer.from('{"event":"user.deleted","payload":{"account_id":"A"}}')],
    [
      'an id with U+0000',
      Buffer.from('{"event":"user.deleted","payload":{"account_id":"A","object":{"id":"a\\u0000"}}}'),
    ],
    [
      'an id too long',
      Buffer.from(`{"event":"user.deleted","payload":{"account_id":"A","object":{"id":"${'a'.repeat(51)}"}}}`),
    ],
    [
      'an account that is a number',
      Buffer.from('{"event":"user.deleted","payload":{"account_id":1,"object":{"id":"a"}}}'),
    ],
  ])('makes nothing of %s', (_what, body) => expect(readZoomMessage(body)).toEqual({ kind: 'unreadable' }));
});
