/** How far an import is. */
export interface ImportProgress {
  /** Of the file, read so far. */
  bytes: number;
  /** Records read so far, without the header. */
  lines: number;
  /** Users looked up, or written, so far; 0 while the file is read. */
  users: number;
}

/** A file of 64 MB makes 256 messages. */
const TELL_EVERY_BYTES = 256 * 1024;

/** Counts, tells now and then, and ends the work of a caller who has gone. */
export class ProgressReport {
  private readonly now: ImportProgress = { bytes: 0, lines: 0, users: 0 };
  private told = 0;

  constructor(
    private readonly signal: AbortSignal | undefined,
    private readonly tell: (progress: ImportProgress) => void = () => undefined,
  ) {}

  readonly onLine = (lines: number): void => {
    this.now.lines = lines;
  };

  readonly onUsers = (users: number): void => {
    this.signal?.throwIfAborted();
    this.now.users = users;
    this.tell({ ...this.now });
  };

  onBytes(count: number): void {
    this.signal?.throwIfAborted();
    this.now.bytes += count;
    if (this.now.bytes - this.told < TELL_EVERY_BYTES) return;
    this.told = this.now.bytes;
    this.tell({ ...this.now });
  }
}
