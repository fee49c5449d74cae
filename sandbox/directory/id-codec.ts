import { createHash } from 'node:crypto';

const ROUNDS = 4;
const half = (value: number, key: number): number => Math.imul(value ^ key, 0x9e3779b1) >>> 16;

/**
 * Ids that look random, depend on the seed, and lead back to the position they were made from: a million users can be
 * found by id without any index in memory. A Feistel network hides the position in the first 32 bits, the rest is noise
 * derived from it. Not cryptography.
 */
export class IdCodec {
  private readonly keys: number[];
  private readonly noise: number[];
  private readonly scratch = Buffer.alloc(16);

  constructor(seed: string, purpose: string) {
    const digest = createHash('sha256').update(`${seed}\n${purpose}`).digest();
    this.keys = Array.from({ length: ROUNDS }, (_, round) => digest.readUInt16BE(round * 2));
    this.noise = [digest.readUInt32BE(8), digest.readUInt32BE(12), digest.readUInt32BE(16)];
  }

  uuid(position: number): string {
    const digits = this.bytes(position).toString('hex');
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`;
  }

  positionOfUuid(uuid: string): number | undefined {
    const lower = uuid.toLowerCase();
    if (!/^[0-9a-f]{8}-/.test(lower)) return undefined;
    const position = this.reveal(parseInt(lower.slice(0, 8), 16));
    return this.uuid(position) === lower ? position : undefined;
  }

  /** 22 characters, as Zoom's user ids. */
  shortId(position: number): string {
    return this.bytes(position).toString('base64url');
  }

  positionOfShortId(id: string): number | undefined {
    if (!/^[\w-]{22}$/.test(id)) return undefined;
    const position = this.reveal(Buffer.from(id, 'base64url').readUInt32BE(0));
    return this.shortId(position) === id ? position : undefined;
  }

  /** Valid until the next call. */
  private bytes(position: number): Buffer {
    const hidden = this.hide(position >>> 0);
    const bytes = this.scratch;
    bytes.writeUInt32BE(hidden, 0);
    for (const [place, key] of this.noise.entries()) bytes.writeUInt32BE(scatter(hidden ^ key), 4 + place * 4);
    return bytes;
  }

  private hide(value: number): number {
    let left = value >>> 16;
    let right = value & 0xffff;
    for (const key of this.keys) [left, right] = [right, left ^ half(right, key)];
    return ((left << 16) | right) >>> 0;
  }

  private reveal(hidden: number): number {
    let left = hidden >>> 16;
    let right = hidden & 0xffff;
    for (const key of this.keys.toReversed()) [left, right] = [right ^ half(left, key), left];
    // Signed: users that were inserted at the front have negative positions.
    return (left << 16) | right;
  }
}

/** The finaliser of MurmurHash3. */
function scatter(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
