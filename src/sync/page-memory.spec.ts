import { randomBytes } from 'node:crypto';
import type { PsiCredential } from '../cloudlink/cloudlink-types';
import { ConnectorCipher } from '../platform/crypto/connector-cipher';
import { PageMemory } from './page-memory';

describe('what is made of a page once', () => {
  const cipher = new ConnectorCipher('connector', randomBytes(32));
  const memory = new PageMemory(cipher);

  const credential = (ha1: string): PsiCredential => ({
    userName: '4711',
    authUserName: '4711',
    realm: 'mitel.test',
    ha1: [{ algorithm: 'MD5', ha1 }],
    targets: [],
  });
  const openMd5 = (userId: string, md5: Buffer | null): string =>
    cipher.open(md5 ?? Buffer.alloc(0), { column: 'sip_credentials.md5_ha1', row: userId });

  it('keeps the id of a new user, by email', () => {
    const id = memory.newUserId('a@example.com');
    expect(memory.newUserId('a@example.com')).toBe(id);
    expect(memory.newUserId('b@example.com')).not.toBe(id);
  });

  it('seals a credential once for its user', () => {
    const mine = credential('0'.repeat(32));
    expect(memory.seal('user-1', mine)).toBe(memory.seal('user-1', mine));
  });

  it('gives a user the credential of the plan at hand, not that of an earlier plan', () => {
    memory.seal('user-2', credential('1'.repeat(32)));
    const { md5 } = memory.seal('user-2', credential('2'.repeat(32)));
    expect(openMd5('user-2', md5)).toBe('2'.repeat(32));
  });

  it('seals a credential anew for another user, whose row is another place', () => {
    const mine = credential('3'.repeat(32));
    memory.seal('user-3', mine);
    const { userId, md5 } = memory.seal('user-4', mine);
    expect([userId, openMd5('user-4', md5)]).toEqual(['user-4', '3'.repeat(32)]);
  });
});
