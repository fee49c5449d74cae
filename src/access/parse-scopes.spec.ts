import { parseScopes } from './parse-scopes';

describe('parseScopes', () => {
  test('keeps known scopes once, in their listed order', () => {
    expect(parseScopes('sync:run  status:read sync:run')).toEqual({ scopes: ['status:read', 'sync:run'], unknown: [] });
  });

  test('names what it does not know', () => {
    expect(parseScopes('status:read admin Status:Read')).toEqual({
      scopes: ['status:read'],
      unknown: ['admin', 'Status:Read'],
    });
  });
});
