import type { Provider } from '../../oauth/provider';
import type { GrantKind, RiskReason } from '../../oauth/grant';
import type { CheckState } from './check-codes';
import type { Affected } from './facts';

interface OfSide {
  side: Provider;
}

/** Everything that a check can find, with what its sentences are made of. */
export interface FindingValues {
  not_authorised: OfSide;
  unreachable: OfSide & { retryAfterSeconds: number | undefined };
  refused: OfSide;
  unreadable: OfSide;
  not_synced: object;
  no_users: object;

  authorised: OfSide & { admin: string; kind: GrantKind };
  at_risk: OfSide & { admin: string; reason: RiskReason };
  token_refused: OfSide & { admin: string };

  zoom_admin_inactive: { admin: string };
  zoom_privileges_held: { admin: string; role: string };
  zoom_privileges_missing: { admin: string; role: string; missing: readonly string[] };

  scopes_granted: OfSide & { scopes: readonly string[] };
  scopes_missing: OfSide & { missing: readonly string[]; isNeeded: boolean };
  scopes_untold: OfSide;

  psi_on: object;
  psi_off: object;
  psi_by_hand: object;
  phone_on: object;
  phone_off: object;
  phone_scope_missing: object;
  phone_privilege_missing: object;

  seats_paid: { integrated: number; looked: number; isWhole: boolean };
  seats_unpaid: { integrated: number; looked: number; isWhole: boolean; unpaid: Affected };
  seats_of_nobody: { looked: number; isWhole: boolean };

  cloudlink_role_held: { admin: string; role: string; kind: GrantKind };
  cloudlink_role_missing: { admin: string; role: string };
  integration_readable: object;
  integration_refused: object;

  zoom_psi_all: { total: number };
  zoom_psi_missing: { total: number; without: Affected };
  teleworker_all: { total: number };
  teleworker_missing: { total: number; without: Affected; one: Affected };

  all_at_zoom: { total: number };
  missing_at_zoom: { missing: Affected; notActive: Affected };
  all_at_cloudlink: { total: number; isWhole: boolean };
  missing_at_cloudlink: { missing: Affected; isChosen: boolean; looked: number; isWhole: boolean };

  apps_new_enough: { devices: number; source: 'reports' | 'zoom'; untold: number };
  apps_too_old: { devices: number; tooOld: Affected; oldest: string; source: 'reports' | 'zoom'; untold: number };
  apps_untold: object;

  targets_answer: { targets: number; at: Date };
  targets_trouble: { targets: number; down: readonly string[]; degraded: readonly string[]; at: Date };
  targets_not_probed: { handedOut: number };

  clock_right: OfSide & { least: number; most: number };
  clock_wrong: OfSide & { least: number; most: number; certain: number };
  clock_untold: OfSide;

  mobile_off_here: object;
  mobile_seen: { devices: number };
  mobile_by_hand: object;
  assignment_by_hand: object;
}

export type FindingKey = keyof FindingValues;

/** What one check has found, before it is put into words. */
export type Finding = { [K in FindingKey]: { state: CheckState; key: K; values: FindingValues[K] } }[FindingKey];

/** A finding whose key and values fit together; the compiler cannot see that of the union by itself. */
export const found = <K extends FindingKey>(state: CheckState, key: K, values: FindingValues[K]): Finding =>
  ({ state, key, values }) as Finding;
