import type { components } from '../../api/schema';

/** What an import came to, or would come to. */
export type ImportResult = components['schemas']['ImportResultDto'];

/** Users who would be other than now. */
export const changesOf = ({ added, pinned, removed, released }: ImportResult): number =>
  added + pinned + removed + released;

/** How far an import is. */
export interface ImportProgress {
  /** Share of the file that has been sent, 0 to 1. */
  sent: number;
  /** Lines that have been read there. */
  lines: number;
  /** Users that have been looked up or written there; 0 while the file is read. */
  users: number;
}

export const NOT_BEGUN: ImportProgress = { sent: 0, lines: 0, users: 0 };
