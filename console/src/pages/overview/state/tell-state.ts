import { PROVIDERS, type Provider } from '../../../session/provider';
import { newestDead } from '../sides/newest-dead';
import { isOpen, type Connector, type DiagnosisItem, type SyncRun } from '../types';

/** A side that an admin should authorise. */
export interface NeedySide {
  provider: Provider;
  /** What has ended its authorisation, or endangers it. */
  code: string;
  admin: string | null;
  /** null: whoever looks may not authorise it. */
  url: string | null;
}

/** The one thing to know about a connector. */
export type Told =
  | { kind: 'disconnected'; since: string }
  | { kind: 'pending'; missing: Provider[] }
  | { kind: 'reauthorise'; sides: NeedySide[]; disconnectsAt: string | null }
  | { kind: 'at_risk'; sides: NeedySide[] }
  | { kind: 'approval'; missing: number }
  | { kind: 'sync_failed'; code: string; message: string }
  | { kind: 'faults'; faults: number; failing: number }
  | { kind: 'first_sync' }
  | { kind: 'well'; syncedAt: string };

export interface Facts {
  connector: Connector;
  /** Newest first; undefined: not known (yet). */
  runs: readonly SyncRun[] | undefined;
  diagnosis: readonly DiagnosisItem[] | undefined;
}

/** What stops everything comes first, what stops some users after what will soon stop all. Pure. */
export function tellState({ connector, runs = [], diagnosis = [] }: Facts): Told {
  switch (connector.state) {
    case 'disconnected':
      return { kind: 'disconnected', since: connector.stateSince };
    case 'pending':
      return { kind: 'pending', missing: PROVIDERS.filter((provider) => connector[provider].accountId === null) };
    case 'reauthorization_required':
      return { kind: 'reauthorise', sides: deadSides(connector), disconnectsAt: connector.disconnectsAt };
    case 'active':
      return tellActive(connector, runs, diagnosis);
  }
}

function tellActive(connector: Connector, runs: readonly SyncRun[], diagnosis: readonly DiagnosisItem[]): Told {
  const sides = endangeredSides(connector);
  if (sides.length > 0) return { kind: 'at_risk', sides };
  const last = runs.find((run) => !isOpen(run));
  if (last?.state === 'awaiting_approval') return { kind: 'approval', missing: last.counts.missing };
  if (last?.state === 'failed' && last.error !== null) return { kind: 'sync_failed', ...last.error };
  const errors = diagnosis.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    const failing = errors.reduce((sum, { usersFailing }) => sum + usersFailing, 0);
    return { kind: 'faults', faults: errors.length, failing };
  }
  return connector.syncedAt === null ? { kind: 'first_sync' } : { kind: 'well', syncedAt: connector.syncedAt };
}

const deadSides = (connector: Connector): NeedySide[] =>
  connector.reasons.map(({ provider, code }) => ({
    provider,
    code,
    admin: newestDead(connector[provider])?.admin ?? null,
    url: connector[provider].reauthorize?.url ?? null,
  }));

const endangeredSides = (connector: Connector): NeedySide[] =>
  PROVIDERS.flatMap((provider) => {
    const active = connector[provider].grants.find(({ state }) => state === 'active');
    if (active === undefined || active.atRisk === null) return [];
    const url = connector[provider].reauthorize?.url ?? null;
    return [{ provider, code: active.atRisk.reason, admin: active.admin, url }];
  });
