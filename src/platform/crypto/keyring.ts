import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { EncryptionKey } from '../config/config';
import { DecryptionError, keyIdOf, open, seal } from './envelope';

/** The keys of ENCRYPTION_KEYS: the first seals, every one opens. */
export class Keyring {
  private readonly current: EncryptionKey;
  private readonly byId: Map<string, Buffer>;

  constructor(keys: EncryptionKey[]) {
    const [current] = keys;
    if (current === undefined) throw new Error('ENCRYPTION_KEYS is empty');
    this.current = current;
    this.byId = new Map(keys.map((k) => [k.id, k.key]));
  }

  get currentId(): string {
    return this.current.id;
  }

  /** A keyed signature (HMAC-SHA-256) over a text, with a key of its own per purpose. 32 bytes. */
  sign(purpose: string, text: string): Buffer {
    return mac(this.current.key, purpose, text);
  }

  /** The same with every key of ENCRYPTION_KEYS, for whoever signs with the first one and takes what any has signed. */
  signWithEach(purpose: string, text: string): Buffer[] {
    return [...this.byId.values()].map((key) => mac(key, purpose, text));
  }

  /** True also for what an older key of ENCRYPTION_KEYS has signed. Takes the same time whatever the signature is. */
  verify(purpose: string, text: string, signature: Buffer): boolean {
    return [...this.byId.values()].some((key) => {
      const right = mac(key, purpose, text);
      return signature.length === right.length && timingSafeEqual(signature, right);
    });
  }

  seal(plain: Buffer, context: string): Buffer {
    return seal(this.current.id, this.current.key, plain, context);
  }

  /** @throws DecryptionError */
  open(sealed: Buffer, context: string): Buffer {
    const id = keyIdOf(sealed);
    const key = this.byId.get(id);
    if (key === undefined) throw new DecryptionError(`the key "${id}" is not in ENCRYPTION_KEYS`);
    return open(key, sealed, context);
  }
}

const mac = (key: Buffer, purpose: string, text: string): Buffer =>
  createHmac('sha256', Buffer.from(hkdfSync('sha256', key, '', `sign/${purpose}`, 32)))
    .update(text)
    .digest();
