import type { Settings, SettingsChange } from '../settings-query';
import { toInterval, toSeconds, type Interval } from './interval';

/** The two numbers of a sync as they are typed. */
export interface SyncDraft {
  hasOwnInterval: boolean;
  interval: Interval;
  hasOwnLimit: boolean;
  limit: string | number;
}

interface SyncFaults {
  interval: boolean;
  limit: boolean;
}

/** Where the connector has none of its own, the default stands ready to be changed. */
export const draftOf = ({ syncIntervalSeconds, removalLimitPercent, defaults }: Settings): SyncDraft => ({
  hasOwnInterval: syncIntervalSeconds !== null,
  interval: toInterval(syncIntervalSeconds ?? defaults.syncIntervalSeconds),
  hasOwnLimit: removalLimitPercent !== null,
  limit: removalLimitPercent ?? defaults.removalLimitPercent,
});

/** What is to be sent, or which of the two is no number that may be set. */
export function readSync(draft: SyncDraft): { change: SettingsChange } | { faults: SyncFaults } {
  const seconds = draft.hasOwnInterval ? toSeconds(draft.interval) : null;
  const limit = draft.hasOwnLimit ? readLimit(draft.limit) : null;
  if (seconds === undefined || limit === undefined)
    return { faults: { interval: seconds === undefined, limit: limit === undefined } };
  return { change: { syncIntervalSeconds: seconds, removalLimitPercent: limit } };
}

export const NO_FAULTS: SyncFaults = { interval: false, limit: false };

const MAX_PERCENT = 50;

function readLimit(typed: string | number): number | undefined {
  const percent = typed === '' ? Number.NaN : Number(typed);
  return Number.isInteger(percent) && percent >= 0 && percent <= MAX_PERCENT ? percent : undefined;
}
