import { isDirectLoopback } from './is-direct-loopback';

const host = '127.0.0.1:3000';

describe('isDirectLoopback', () => {
  it.each([
    ['127.0.0.1', { host }, true],
    ['127.8.9.1', { host }, true],
    ['::1', { host: '[::1]:3000' }, true],
    ['::ffff:127.0.0.1', { host: 'localhost:3000' }, true],
    ['127.0.0.1', { host: 'LOCALHOST' }, true],
    ['192.0.2.1', { host }, false],
    ['::ffff:192.0.2.1', { host }, false],
    ['2001:db8::1', { host }, false],
    [undefined, { host }, false],
    ['', { host }, false],
    ['127.0.0.1', {}, false],
    ['127.0.0.1', { host: 'connector.example.com' }, false],
    ['127.0.0.1', { host: '127.0.0.1.example.com' }, false],
    ['127.0.0.1', { host, 'x-forwarded-for': '127.0.0.1' }, false],
    ['127.0.0.1', { host, 'x-forwarded-for': '' }, false],
    ['127.0.0.1', { host, forwarded: 'for=127.0.0.1' }, false],
    ['127.0.0.1', { host, 'x-real-ip': '127.0.0.1' }, false],
    ['127.0.0.1', { host, via: '1.1 proxy' }, false],
  ] as const)('%s %j → %s', (address, headers, expected) => {
    expect(isDirectLoopback(address, headers)).toBe(expected);
  });
});
