import type { Membership } from '../../connector/connector.entity';
import type { AuditDetails } from '../../platform/audit/audit-log';

export const MAX_NAME_LENGTH = 200;
/** No control characters. */
export const NAME_PATTERN = /^[^\u0000-\u001f\u007f]*$/;

/** What an admin may change about a connector. */
export interface ConnectorSettings {
  /** What a person knows it by; may be empty. */
  name: string;
  membership: Membership;
  /** null: the default (removal-limit.ts). */
  removalLimitPercent: number | null;
  /** null: SYNC_INTERVAL. */
  syncIntervalSeconds: number | null;
  mobileCalling: boolean;
}

export type SettingsChange = { [K in keyof ConnectorSettings]?: ConnectorSettings[K] | undefined };

const KEYS = ['name', 'membership', 'removalLimitPercent', 'syncIntervalSeconds', 'mobileCalling'] as const;

/** What of `wanted` is not so already, with what it was before (`…Before`). */
export function changesOf(before: ConnectorSettings, wanted: SettingsChange): AuditDetails {
  const changes: AuditDetails = {};
  for (const key of KEYS) {
    const to = wanted[key];
    if (to === undefined || to === before[key]) continue;
    changes[key] = to;
    changes[`${key}Before`] = before[key];
  }
  return changes;
}
