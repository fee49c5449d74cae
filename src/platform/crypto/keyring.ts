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
