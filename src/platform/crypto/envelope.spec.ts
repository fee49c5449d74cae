import { randomBytes } from 'node:crypto';
import { DecryptionError, keyIdOf, open, seal } from './envelope';
import { Keyring } from './keyring';

const key = randomBytes(32);
const plain = Buffer.from('939e7578ed9e3c518a452acee763bce9');

describe('the envelope', () => {
  it('gives back what was put in, and shows nothing of it', () => {
    const sealed = seal('2026a', key, plain, 'here');
    expect(open(key, sealed, 'here')).toEqual(plain);
    expect(keyIdOf(sealed)).toBe('2026a');
    expect(sealed.includes(plain)).toBe(false);
  });

  it('never seals the same way twice', () => {
    expect(seal('k', key, plain, 'here').equals(seal('k', key, plain, 'here'))).toBe(false);
  });

  it('does not open in another place, with another key, or with another key id', () => {
    const sealed = seal('k', key, plain, 'row 1');
    expect(() => open(key, sealed, 'row 2')).toThrow(DecryptionError);
    expect(() => open(randomBytes(32), sealed, 'row 1')).toThrow(DecryptionError);
    const renamed = Buffer.from(sealed);
    renamed[2] = 'x'.charCodeAt(0);
    expect(() => open(key, renamed, 'row 1')).toThrow(DecryptionError);
  });

  it('notices every single changed byte', () => {
    const sealed = seal('k', key, plain, 'here');
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => open(key, changed, 'here')).toThrow(DecryptionError);
    }
  });

  it.each([
    Buffer.alloc(0),
    Buffer.from([1]),
    Buffer.from([1, 200, 1]),
    Buffer.from('not an envelope at all, but long enough'),
  ])('refuses rubbish', (rubbish) => {
    expect(() => open(key, rubbish, 'here')).toThrow(DecryptionError);
  });
});

describe('the keyring', () => {
  const old = { id: 'old', key: randomBytes(32) };
  const fresh = { id: 'new', key: randomBytes(32) };

  it('opens with every key, seals with the first', () => {
    const sealed = new Keyring([old]).seal(plain, 'here');
    const rotated = new Keyring([fresh, old]);
    expect(rotated.open(sealed, 'here')).toEqual(plain);
    expect(keyIdOf(rotated.seal(plain, 'here'))).toBe('new');
  });

  it('names the key that is missing', () => {
    const sealed = new Keyring([old]).seal(plain, 'here');
    expect(() => new Keyring([fresh]).open(sealed, 'here')).toThrow('the key "old" is not in ENCRYPTION_KEYS');
  });
});
