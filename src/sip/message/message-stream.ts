import { contentLength, parseHead, parseStartLine } from './parse-head';
import { SipStreamError, type SipMessage } from './sip-message';

/** Answers to OPTIONS and REGISTER have one or two kilobytes; a hundred bindings fit. */
export const MAX_HEAD_BYTES = 32 * 1024;
export const MAX_BODY_BYTES = 64 * 1024;

const CR = 0x0d;
const LF = 0x0a;
const END_OF_HEAD = Buffer.from('\r\n\r\n');
const END_OF_LINE = Buffer.from('\r\n');
/** RFC 3261 section 25.1: what a token, and so a message, may begin with. */
const MAY_BEGIN = /[A-Za-z0-9\-.!%*_+`'~]/;

/**
 * Cuts a stream of bytes into messages, wherever it was torn (RFC 3261 section 18.3). Holds at most one head and one body;
 * whoever sends more ends the stream with an error. After an error nothing more is read.
 */
export class MessageStream {
  private kept = Buffer.alloc(1024);
  private length = 0;
  /** Where a line end or the end of the head has not been looked for yet. */
  private searched = 0;
  private firstLineSeen = false;
  private waitingFor: { message: SipMessage; bodyEnd: number } | undefined;
  private failed: SipStreamError | undefined;

  /**
   * @param found gets what is whole now, and keeps it where what follows is refused: how bytes were torn decides nothing
   * @returns `found` @throws SipStreamError
   */
  push(chunk: Buffer, found: SipMessage[] = []): SipMessage[] {
    if (this.failed !== undefined) throw this.failed;
    try {
      return this.read(chunk, found);
    } catch (error) {
      if (error instanceof SipStreamError) this.failed = error;
      this.kept = Buffer.alloc(0);
      throw error;
    }
  }

  private read(chunk: Buffer, found: SipMessage[]): SipMessage[] {
    // In slices, so that one enormous chunk is refused where it becomes too large and never copied whole.
    for (let from = 0; from < chunk.length; from += MAX_HEAD_BYTES) {
      this.append(chunk.subarray(from, from + MAX_HEAD_BYTES));
      for (let message = this.next(); message !== undefined; message = this.next()) found.push(message);
    }
    return found;
  }

  private next(): SipMessage | undefined {
    if (this.waitingFor === undefined) this.readHead();
    if (this.waitingFor === undefined || this.length < this.waitingFor.bodyEnd) return undefined;
    const { message, bodyEnd } = this.waitingFor;
    this.waitingFor = undefined;
    // Copied: the bytes that it stands in are written over.
    const bodyStart = this.searched;
    message.body = Buffer.from(this.kept.subarray(bodyStart, bodyEnd));
    this.drop(bodyEnd);
    return message;
  }

  private readHead(): void {
    if (!this.firstLineSeen && !this.readFirstLine()) return;
    const end = this.find(END_OF_HEAD);
    if (end === undefined) {
      if (this.length > MAX_HEAD_BYTES) throw new SipStreamError('too_large', 'the head is too large');
      return;
    }
    if (end > MAX_HEAD_BYTES) throw new SipStreamError('too_large', 'the head is too large');
    const { start, headers } = parseHead(this.kept.toString('utf8', 0, end));
    // It must be there on a stream (section 18.3); who leaves it out has sent no body.
    const length = contentLength(headers) ?? 0;
    if (length > MAX_BODY_BYTES) throw new SipStreamError('too_large', 'the body is too large');
    this.searched = end + END_OF_HEAD.length;
    this.waitingFor = {
      message: { ...start, headers, body: Buffer.alloc(0) },
      bodyEnd: this.searched + length,
    };
  }

  /** Looked at as soon as it is there: a server of another protocol says one line and then waits. */
  private readFirstLine(): boolean {
    this.skipKeepAlives();
    if (this.length === 0) return false;
    if (!MAY_BEGIN.test(String.fromCharCode(this.kept[0] ?? 0)))
      throw new SipStreamError('not_sip', 'these bytes are no SIP');
    const end = this.find(END_OF_LINE);
    if (end === undefined) {
      if (this.length > MAX_HEAD_BYTES) throw new SipStreamError('too_large', 'the first line is too long');
      return false;
    }
    parseStartLine(this.kept.toString('utf8', 0, end));
    this.firstLineSeen = true;
    this.searched = end;
    return true;
  }

  /** Line ends between messages: keep-alives of RFC 5626 section 3.5.1, and what RFC 3261 section 7.5 tells us to ignore. */
  private skipKeepAlives(): void {
    let count = 0;
    while (count < this.length && (this.kept[count] === CR || this.kept[count] === LF)) count += 1;
    if (count > 0) this.drop(count);
  }

  private find(what: Buffer): number | undefined {
    // It may have been torn in the middle.
    const from = Math.max(0, this.searched - what.length + 1);
    const at = this.kept.subarray(0, this.length).indexOf(what, from);
    if (at !== -1) return at;
    this.searched = this.length;
    return undefined;
  }

  private append(bytes: Buffer): void {
    const needed = this.length + bytes.length;
    if (needed > this.kept.length) {
      const larger = Buffer.alloc(Math.max(needed, 2 * this.kept.length));
      this.kept.copy(larger, 0, 0, this.length);
      this.kept = larger;
    }
    bytes.copy(this.kept, this.length);
    this.length = needed;
  }

  private drop(count: number): void {
    this.kept.copy(this.kept, 0, count, this.length);
    this.length -= count;
    this.searched = 0;
    this.firstLineSeen = false;
  }
}

/** One datagram is one message; a body that is longer than its length says is cut off (section 18.3). @throws SipStreamError */
export function parseDatagram(datagram: Buffer): SipMessage | undefined {
  if (datagram.every((byte) => byte === CR || byte === LF || byte === 0)) return undefined;
  const end = datagram.indexOf(END_OF_HEAD);
  if (end > MAX_HEAD_BYTES) throw new SipStreamError('too_large', 'the head is too large');
  const { start, headers } = parseHead(datagram.toString('utf8', 0, end === -1 ? datagram.length : end));
  const body = end === -1 ? Buffer.alloc(0) : datagram.subarray(end + END_OF_HEAD.length);
  const length = contentLength(headers) ?? body.length;
  if (length > body.length) throw new SipStreamError('not_sip', 'the datagram was cut short');
  return { ...start, headers, body: body.subarray(0, length) };
}
