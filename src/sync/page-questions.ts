import type { StoredEmails } from './stored-emails';

/** What a page has to ask PostgreSQL for. */
export interface PageQuestions {
  /** Checkpoint.asksByZoomId */
  readonly asksByZoomId: boolean | null;
  /** Checkpoint.asksByCloudLinkId */
  readonly asksByCloudLinkId: boolean;
  /** Where it is known who can be stored at all: nobody else is looked for by email. */
  readonly stored?: StoredEmails | undefined;
  /** Whether Zoom lists the id of a stored user under another email: a look over all of them, at most one per attempt. */
  readonly hasMoved: () => Promise<boolean>;
}

/** Of pages whose people are not known to be plain. */
export const ASK_ALL = { asksByZoomId: true, asksByCloudLinkId: true };
