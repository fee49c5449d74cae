import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { UnusableFile } from './import-problem';

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** The longest byte order mark and the longest sign of a workbook fit. */
const FIRST_BYTES = 4;
const LONGEST_SEQUENCE = 4;

const MARKS: readonly [number[], Encoding][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];
/** A zip file, which .xlsx and .ods are, and the container of .xls. */
const WORKBOOKS = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

/**
 * The text of a file, piece by piece, without its byte order mark. Without one it is UTF-8 or, as Excel saves CSV in
 * Western Europe, Windows-1252. That is decided by the first character that is not ASCII: where its bytes are valid UTF-8
 * it is UTF-8, for in the other encoding they would be two or three rare characters in a row.
 */
export class TextDecoding {
  /** Until something else is seen, what ASCII is a part of. */
  encoding: Encoding = 'utf-8';
  private decoder: TextDecoder | undefined;

  /** @throws UnusableFile `spreadsheet`, `binary` */
  async *decode(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
    let held: Buffer = Buffer.alloc(0);
    let isFirst = true;
    for await (const chunk of bytes) {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      if (isFirst && held.length < FIRST_BYTES) continue;
      if (isFirst) held = this.skipMark(held);
      isFirst = false;
      const { text, rest } = this.read(held, false);
      held = rest;
      if (text !== '') yield checked(text);
    }
    if (isFirst) held = this.skipMark(held);
    const { text } = this.read(held, true);
    const end = text + this.run(undefined);
    if (end !== '') yield checked(end);
  }

  private skipMark(start: Buffer): Buffer {
    if (WORKBOOKS.some((sign) => startsWith(start, sign))) throw new UnusableFile('spreadsheet');
    const [mark, encoding] = MARKS.find(([sign]) => startsWith(start, sign)) ?? [];
    if (mark === undefined || encoding === undefined) return start;
    this.use(encoding);
    return start.subarray(mark.length);
  }

  /** `rest`: too little yet to decide. */
  private read(bytes: Buffer, isEnd: boolean): { text: string; rest: Buffer } {
    const none = Buffer.alloc(0);
    if (this.decoder !== undefined) return { text: this.run(bytes), rest: none };
    if (isAscii(bytes)) return { text: bytes.toString('latin1'), rest: none };
    const at = bytes.findIndex((byte) => byte >= 0x80);
    if (bytes.length - at < LONGEST_SEQUENCE && !isEnd)
      return { text: bytes.toString('latin1', 0, at), rest: bytes.subarray(at) };
    this.use(startsWithUtf8(bytes.subarray(at, at + LONGEST_SEQUENCE)) ? 'utf-8' : 'windows-1252');
    return { text: this.run(bytes), rest: none };
  }

  private use(encoding: Encoding): void {
    this.encoding = encoding;
    this.decoder = new TextDecoder(encoding, { ignoreBOM: true });
  }

  /** `undefined`: the end. What is no character becomes U+FFFD: in an email it is found, in other columns it may stay. */
  private run(bytes: Buffer | undefined): string {
    return this.decoder?.decode(bytes, { stream: bytes !== undefined }) ?? '';
  }
}

const startsWith = (bytes: Buffer, sign: readonly number[]): boolean =>
  sign.every((byte, index) => bytes[index] === byte);

/** Whether the first one to four bytes are one character of UTF-8. */
const startsWithUtf8 = (bytes: Buffer): boolean =>
  [2, 3, 4].some((length) => length <= bytes.length && isUtf8(bytes.subarray(0, length)) && isOne(bytes, length));

/** The first byte says how many follow (RFC 3629 section 3). */
function isOne(bytes: Buffer, length: number): boolean {
  const [first = 0] = bytes;
  return length === (first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2);
}

/** Text has no U+0000; UTF-16 without a byte order mark looks as if it had. */
function checked(text: string): string {
  if (text.includes('\u0000')) throw new UnusableFile('binary');
  return text;
}
