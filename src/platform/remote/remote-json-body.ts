import { randomUUID } from 'node:crypto';
import { parseRemoteJson } from './parse-remote-json';

/** A shorter body is parsed whole. */
const LONG_BYTES = 64 * 1024;
/**
 * So much of a list, and the rest of an item, is parsed at once. For a text above 128 KiB V8 takes memory from the system,
 * and gives it back: of the 6 ms that 0.8 MB took before they were parsed nearly all went into making that memory ready.
 */
const PIECE_BYTES = 32 * 1024;
const BYTE_ORDER_MARK = /^\uFEFF/;
/** Stands for the list in the text around it. No provider can know it. */
const PLACE = randomUUID();

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Makes of a body, handed over as it comes in, what parseRemoteJson makes of the whole. The first list of objects in a long
 * one is parsed piece by piece while the rest is on its way, so that this thread is never busy with all of it at once.
 *
 * All that is looked for here is where the list begins, where it ends and where one of its items ends: outside of texts, at
 * the list's depth. Whether it is JSON at all JSON.parse says, of each piece and of what is around the list.
 */
export class RemoteJsonBody {
  /** Of the text before the list, then of the piece in hand, then of the text behind the list. */
  private parts: Buffer[] = [];
  private partBytes = 0;
  private isLong = false;
  private place: 'before' | 'within' | 'behind' = 'before';
  private head = '';
  private readonly items: unknown[] = [];
  private depth = 0;
  private listDepth = -Infinity;
  /** A list was, and since then no object and no other list. */
  private isListOpened = false;
  private isInText = false;
  /** Bytes that a backslash at the end of the last part has taken its meaning from. */
  private escaped = 0;

  /** @throws SyntaxError when it is not JSON, as soon as that shows */
  push(bytes: Buffer): void {
    if (!this.isLong || this.place === 'behind') this.keep(bytes);
    else this.scan(bytes);
    if (this.isLong || this.partBytes < LONG_BYTES) return;
    this.isLong = true;
    for (const part of this.takeParts()) this.push(part);
  }

  /** @returns undefined for an empty body. @throws SyntaxError when it is not JSON */
  end(): unknown {
    const rest = this.takeText();
    switch (this.place) {
      case 'before':
        return rest === '' ? undefined : parseRemoteJson(rest);
      case 'within':
        throw new SyntaxError('the list has no end');
      case 'behind': {
        const around = parseRemoteJson(`${this.head}"${PLACE}"${rest}`);
        // Nowhere: it had a name that is dropped, or one that comes again further on, and then the last one counts.
        const list = findList(around);
        list?.pop();
        for (const item of this.items) list?.push(item);
        return around;
      }
    }
  }

  private scan(bytes: Buffer): void {
    // Variables and loops of its own: it sees each byte of all lists.
    let { depth, isListOpened } = this;
    let from = 0;
    let at = this.isInText ? endOfText(bytes, this.escaped) + 1 : 0;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) at = endOfText(bytes, at + 1);
      else if (byte === COMMA) {
        isListOpened = false;
        if (depth !== this.listDepth || this.partBytes + at - from < PIECE_BYTES) continue;
        this.parsePiece(bytes.subarray(from, at));
        from = at + 1;
      } else if (byte === OPEN_LIST) {
        isListOpened = true;
        depth += 1;
      } else if (byte === OPEN_OBJECT) {
        if (isListOpened && this.place === 'before') {
          this.beginList(bytes.subarray(from, at), depth);
          from = at;
        }
        isListOpened = false;
        depth += 1;
      } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
        isListOpened = false;
        depth -= 1;
        if (depth >= this.listDepth || this.place !== 'within') continue;
        this.parsePiece(bytes.subarray(from, at));
        this.place = 'behind';
        from = at;
        break;
      }
    }
    this.depth = depth;
    this.isListOpened = isListOpened;
    this.isInText = at > bytes.length;
    this.escaped = at - bytes.length - 1;
    this.keep(bytes.subarray(from));
  }

  private beginList(lastPart: Buffer, depth: number): void {
    this.keep(lastPart);
    this.head = this.takeText();
    this.listDepth = depth;
    this.place = 'within';
  }

  private parsePiece(lastPart: Buffer): void {
    this.keep(lastPart);
    const items = parseRemoteJson(`[${this.takeText()}]`) as unknown[];
    if (items.length === 0) throw new SyntaxError('the list has a comma without an item');
    for (const item of items) this.items.push(item);
  }

  private keep(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.parts.push(bytes);
    this.partBytes += bytes.length;
  }

  private takeParts(): Buffer[] {
    const { parts } = this;
    this.parts = [];
    this.partBytes = 0;
    return parts;
  }

  private takeText(): string {
    const parts = this.takeParts();
    const [only = Buffer.alloc(0)] = parts;
    const text = (parts.length > 1 ? Buffer.concat(parts) : only).toString('utf8');
    return this.place === 'before' ? text.replace(BYTE_ORDER_MARK, '') : text;
  }
}

/** Of the quote that ends the text; the length, or one more behind a backslash, where it goes on in the next part. */
function endOfText(bytes: Buffer, from: number): number {
  for (let at = from; ; at += 1) {
    const byte = bytes[at];
    if (byte === undefined || byte === QUOTE) return at;
    if (byte === BACKSLASH) at += 1;
  }
}

/** Not by calling itself: JSON.parse has no limit of depth. */
function findList(around: unknown): unknown[] | undefined {
  const open = [around];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value) && value.length === 1 && value[0] === PLACE) return value as unknown[];
    for (const inner of Object.values(value)) open.push(inner);
  }
  return undefined;
}
