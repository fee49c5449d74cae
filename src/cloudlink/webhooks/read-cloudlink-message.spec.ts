import { readCloudLinkMessage } from './read-cloudlink-message';

const BODY = {
  publicationId: 'publication-1',
  topic: 'platform-api-admin',
  method: 'PUT',
  subject: '/2017-09-01/accounts/account-1/users/user-1',
  content: { email: 'juergen@example.com', sipPassword: 'secret' },
  publisher: { accountId: 'account-1', principalId: 'principal-1' },
  subscription: { subscriptionId: '0'.repeat(32) },
  notification: { createdOn: '2022-04-26T12:12:39.971Z', correlationId: 'correlation-1' },
};
const read = (changes: object): ReturnType<typeof readCloudLinkMessage> =>
  readCloudLinkMessage(Buffer.from(JSON.stringify({ ...BODY, ...changes })));

describe('readCloudLinkMessage', () => {
  it('takes from a publication whom it is about and nothing else', () =>
    expect(read({})).toEqual({
      kind: 'event',
      event: {
        publicationId: 'publication-1',
        event: 'user.changed',
        accountId: 'account-1',
        userId: 'user-1',
        occurredAt: new Date('2022-04-26T12:12:39.971Z'),
      },
    }));

  it.each([
    ['DELETE', '/2017-09-01/accounts/a/users/user-1', 'user.deleted', 'user-1'],
    ['DELETE', '/2017-09-01/accounts/a/users/user-1/groups/g', 'user.changed', 'user-1'],
    ['POST', '/2017-09-01/accounts/a/users/user-1', 'user.changed', 'user-1'],
    ['DELETE', '/2017-09-01/accounts/a/users', 'account.changed', undefined],
    ['PUT', '/2017-09-01/accounts/a', 'account.changed', undefined],
    ['PUT', undefined, 'account.changed', undefined],
  ])('%s %s is %s of %s', (method, subject, event, userId) =>
    expect(read({ method, subject })).toMatchObject({ event: { event, userId } }),
  );

  it('does without the time', () =>
    expect(read({ notification: { createdOn: 'soon' } })).toMatchObject({ event: { occurredAt: undefined } }));

  it('knows what it does not follow', () =>
    expect(read({ topic: 'platform-api-media' })).toEqual({ kind: 'other', topic: 'platform-api-media' }));

  it.each([{ topic: undefined }, { publicationId: undefined }, { publisher: undefined }, { publicationId: 'a\u0000' }])(
    'makes nothing of %j',
    (changes) => expect(read(changes)).toEqual({ kind: 'unreadable' }),
  );

  it.each(['', '[]', 'no JSON', '['.repeat(500_000)])('makes nothing of other bytes', (text) =>
    expect(readCloudLinkMessage(Buffer.from(text))).toEqual({ kind: 'unreadable' }),
  );
});
