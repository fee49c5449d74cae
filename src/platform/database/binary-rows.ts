export type CopyType = 'uuid' | 'text' | 'jsonb' | 'bytea' | 'timestamptz' | 'bool';
/** Column → its type: the binary format has no conversions, so it must be the one of the table. */
export type CopyTypes = Readonly<Record<string, CopyType>>;
/** A uuid, text and JSON are strings, bytea is a Buffer, timestamptz is a Date, bool is a boolean. */
export type CopyValue = string | Date | Buffer | boolean | null;

/** Signature, flags, length of the header's extension (PostgreSQL manual, COPY, "Binary Format"). */
const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER_BYTES = 2;
const NULL = -1;
const JSONB_VERSION = 1;
const UUID_BYTES = 16;
/** PostgreSQL counts from 2000-01-01, in microseconds. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
const FIRST_BYTES = 64 * 1024;

/** Rows of one table as `COPY … (format binary)` takes them. */
export class BinaryRows {
  count = 0;
  private bytes = Buffer.allocUnsafe(FIRST_BYTES);
  private at: number;

  constructor(private readonly types: readonly CopyType[]) {
    this.at = HEADER.copy(this.bytes);
  }

  add(values: readonly CopyValue[]): void {
    this.reserve(2);
    this.at = this.bytes.writeInt16BE(this.types.length, this.at);
    for (const [index, type] of this.types.entries()) this.addField(type, values[index] ?? null);
    this.count += 1;
  }

  /** To be sent; nothing may be added afterwards. */
  toBuffer(): Buffer {
    this.reserve(TRAILER_BYTES);
    return this.bytes.subarray(0, this.bytes.writeInt16BE(-1, this.at));
  }

  private addField(type: CopyType, value: CopyValue): void {
    if (value === null) {
      this.reserve(4);
      this.at = this.bytes.writeInt32BE(NULL, this.at);
    } else if (Buffer.isBuffer(value)) {
      this.addBytes(value);
    } else if (value instanceof Date) {
      this.addTime(value);
    } else if (typeof value === 'boolean') {
      this.addBoolean(value);
    } else if (type === 'uuid') {
      this.addUuid(value);
    } else {
      this.addText(value, type === 'jsonb');
    }
  }

  private addBoolean(value: boolean): void {
    this.reserve(5);
    this.at = this.bytes.writeInt32BE(1, this.at);
    this.at = this.bytes.writeUInt8(value ? 1 : 0, this.at);
  }

  private addBytes(value: Buffer): void {
    this.reserve(4 + value.length);
    this.at = this.bytes.writeInt32BE(value.length, this.at);
    this.at += value.copy(this.bytes, this.at);
  }

  private addUuid(value: string): void {
    this.reserve(4 + UUID_BYTES);
    this.at = this.bytes.writeInt32BE(UUID_BYTES, this.at);
    this.at += this.bytes.write(value.replaceAll('-', ''), this.at, 'hex');
  }

  /** Two words of 32 bits: a BigInt for each time would be one more object. */
  private addTime(value: Date): void {
    const microseconds = (value.getTime() - EPOCH_MS) * 1000;
    this.reserve(12);
    this.at = this.bytes.writeInt32BE(8, this.at);
    this.at = this.bytes.writeInt32BE(Math.floor(microseconds / 2 ** 32), this.at);
    this.at = this.bytes.writeUInt32BE(microseconds - Math.floor(microseconds / 2 ** 32) * 2 ** 32, this.at);
  }

  private addText(value: string, isJson: boolean): void {
    // A character of JavaScript is three bytes of UTF-8 at most.
    this.reserve(5 + 3 * value.length);
    const length = this.at;
    let end = length + 4;
    if (isJson) end = this.bytes.writeUInt8(JSONB_VERSION, end);
    end += this.bytes.write(value, end, 'utf8');
    this.bytes.writeInt32BE(end - length - 4, length);
    this.at = end;
  }

  private reserve(more: number): void {
    // The end of the rows always fits too.
    if (this.at + more + TRAILER_BYTES <= this.bytes.length) return;
    const wider = Buffer.allocUnsafe(2 * (this.bytes.length + more));
    this.bytes.copy(wider, 0, 0, this.at);
    this.bytes = wider;
  }
}
