import { parseRemoteJson } from './parse-remote-json';

describe('parseRemoteJson', () => {
  it('drops passwords of any spelling at any depth', () => {
    const text = JSON.stringify({
      sipPassword: 'a',
      items: [{ user: 'x', password: 'b', sip: { PASSWORD: 'c', newPassword: { deep: 'd' }, realm: 'r' } }],
    });
    expect(parseRemoteJson(text)).toEqual({ items: [{ user: 'x', sip: { realm: 'r' } }] });
  });

  it('drops a password whose name is written with escapes', () => {
    expect(parseRemoteJson(String.raw`{"pass\u0077ord":"a","P\u0041SSWORD":"b","realm":"r"}`)).toEqual({ realm: 'r' });
  });

  it('throws on truncated JSON', () => {
    expect(() => parseRemoteJson('{"items":[{"a":')).toThrow(SyntaxError);
  });
});
