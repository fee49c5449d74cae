import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * AES-256-GCM (NIST SP 800-38D) with a 96-bit random nonce:
 *   version (1) | key id length (1) | key id | nonce (12) | tag (16) | ciphertext
 * The context is authenticated with it: a value that is copied to another row or column does not open there.
 */
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** So many nonces are fetched at once: a call of the system's generator for each cost as much as the encryption itself. */
const NONCES_AT_ONCE = 256;

/** The stored value is damaged, was made for another place, or with a key that is not at hand. Carries no secret. */
export class DecryptionError extends Error {
  constructor(reason: string) {
    super(`a stored secret cannot be decrypted: ${reason}`);
    this.name = 'DecryptionError';
  }
}

let nonces: Buffer = Buffer.alloc(0);

/** Random, and given out once. */
function freshNonce(): Buffer {
  if (nonces.length === 0) nonces = randomBytes(NONCE_BYTES * NONCES_AT_ONCE);
  const nonce = nonces.subarray(0, NONCE_BYTES);
  nonces = nonces.subarray(NONCE_BYTES);
  return nonce;
}

export function seal(keyId: string, key: Buffer, plain: Buffer, context: string): Buffer {
  const nonce = freshNonce();
  const head = headOf(keyId);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(head + context, 'utf8'));
  // GCM is a stream: as many bytes come out as go in, and none at the end.
  const body = cipher.update(plain);
  cipher.final();
  const sealed = Buffer.allocUnsafe(head.length + NONCE_BYTES + TAG_BYTES + body.length);
  let at = sealed.write(head, 'latin1');
  at += nonce.copy(sealed, at);
  at += cipher.getAuthTag().copy(sealed, at);
  body.copy(sealed, at);
  return sealed;
}

/** Key ids are ASCII (the configuration sees to that), so that a character is a byte. */
const headOf = (keyId: string): string => String.fromCharCode(VERSION, keyId.length) + keyId;

/** @throws DecryptionError */
export function keyIdOf(sealed: Buffer): string {
  const length = sealed[1];
  if (sealed[0] !== VERSION || length === undefined || sealed.length < 2 + length + NONCE_BYTES + TAG_BYTES) {
    throw new DecryptionError('it is not an envelope of this program');
  }
  return sealed.toString('utf8', 2, 2 + length);
}

/** @throws DecryptionError */
export function open(key: Buffer, sealed: Buffer, context: string): Buffer {
  const headLength = 2 + Buffer.byteLength(keyIdOf(sealed));
  const nonceEnd = headLength + NONCE_BYTES;
  const tagEnd = nonceEnd + TAG_BYTES;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(headLength, nonceEnd));
    decipher.setAAD(Buffer.concat([sealed.subarray(0, headLength), Buffer.from(context, 'utf8')]));
    decipher.setAuthTag(sealed.subarray(nonceEnd, tagEnd));
    return Buffer.concat([decipher.update(sealed.subarray(tagEnd)), decipher.final()]);
  } catch {
    throw new DecryptionError('it was changed, or belongs to another place');
  }
}
