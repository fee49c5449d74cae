/** What became of a delivery: the same words in the table and in the metrics. */
export type DeliveryOutcome = 'applied' | 'removed' | 'unknown_user' | 'sync_requested' | 'ignored' | 'waits_for_sync';

/** A delivery that is worth a job. Ids only: bodies carry names, emails and, for telephones, passwords in clear. */
export interface NewDelivery {
  provider: 'zoom' | 'cloudlink';
  /** The provider's own id of the delivery, which stays the same when it is sent again. */
  dedupeKey: string;
  event: string;
  accountId: string;
  /** The user whom it is about; '' when it is about nobody in particular. */
  subjectId: string;
  occurredAt: Date | undefined;
}

/** One that no job has looked at yet. */
export interface WaitingDelivery {
  dedupeKey: string;
  event: string;
  occurredAt: Date | undefined;
}
