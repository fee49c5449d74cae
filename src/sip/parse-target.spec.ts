import { isHost, parseTarget } from './parse-target';

describe('isHost', () => {
  it.each([
    '192.0.2.10',
    '2001:db8::1',
    '::1',
    'sbc.example.com',
    'sbc',
    'sbc.example.com.',
    'SBC-1.example.com',
    'pbx_a.local',
    `${'a'.repeat(63)}.example`,
    'xn--mnchen-3ya.example',
  ])('takes %s', (host) => expect(isHost(host)).toBe(true));

  it.each([
    '',
    '.',
    '192.0.2.300',
    '192.0.2',
    '1',
    '[2001:db8::1]',
    'fe80::1%eth0',
    'a..b',
    '-a.example',
    'a-.example',
    'sbc.example.com:5061',
    'sip:sbc',
    'a b',
    'münchen.example',
    `${'a'.repeat(64)}.example`,
    'a.'.repeat(127) + 'a',
    'a\u0000b',
    'a/b',
    'sbc.example.com\n',
  ])('refuses %j', (host) => expect(isHost(host)).toBe(false));
});

describe('parseTarget', () => {
  const good = { role: 'sbc', host: '192.0.2.10', port: 5061, transport: 'TLS' };

  it('gives our own type', () => {
    expect(parseTarget(good)).toEqual({ target: { role: 'sbc', host: '192.0.2.10', port: 5061, transport: 'tls' } });
  });

  it.each([
    [{ ...good, role: 'backupSbc' }, 'role'],
    [{ ...good, host: '999.1.1.1' }, 'host'],
    [{ ...good, port: 0 }, 'port'],
    [{ ...good, port: 65_536 }, 'port'],
    [{ ...good, port: '5061' }, 'port'],
    [{ ...good, port: 5061.5 }, 'port'],
    [{ ...good, transport: 'ws' }, 'transport'],
    [null, 'role'],
    ['sbc', 'role'],
  ])('names the wrong field of %j', (value, wrong) => {
    expect(parseTarget(value)).toEqual({ wrong });
  });
});
