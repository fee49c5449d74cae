import { createHmac, hkdfSync } from 'node:crypto';
import { ConnectorCipher } from './connector-cipher';

describe('the fingerprint of a text', () => {
  const dataKey = Buffer.alloc(32, 7);
  const cipher = new ConnectorCipher('connector', dataKey);

  // Stored ones are compared with it: another one would write every row of every connector once.
  it('is HMAC-SHA-256 by a key of its own, cut to 16 bytes, in both its forms', () => {
    const key = Buffer.from(hkdfSync('sha256', dataKey, '', 'fingerprint', 32));
    const expected = createHmac('sha256', key).update('Jörg').digest().subarray(0, 16);
    expect(cipher.fingerprint('Jörg')).toEqual(expected);
    expect(cipher.fingerprintText('Jörg')).toBe(expected.toString('hex'));
  });
});
