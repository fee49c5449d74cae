import { scopeToGrant } from './scope-to-grant';

describe('scopeToGrant', () => {
  const allowed = 'status:read sync:run';

  test.each([
    ['nothing asked: all the client has', undefined, { granted: allowed }],
    ['an empty scope counts as nothing asked', '', { granted: allowed }],
    ['a part of it', 'sync:run', { granted: 'sync:run' }],
    ['each word once', 'sync:run sync:run', { granted: 'sync:run' }],
    ['a scope of ours that the client lacks', 'status:read credentials:read', { refused: 'credentials:read' }],
    ['a scope that nobody knows', 'openid', { refused: 'openid' }],
    ['a part of a word is not the word', 'status', { refused: 'status' }],
  ])('%s', (_, requested, decision) => {
    expect(scopeToGrant(requested, allowed)).toEqual(decision);
  });
});
