import { TARGET_ROLES } from '../sip/parse-target';
import type { StoredTarget } from '../targets/stored-target';
import type { BurstRow, Counts, GroupRow, NamedTarget } from './diagnosis-facts.repository';
import type { ConnectorFacts, TargetFacts, UserFacts } from './facts';
import type { UserGroup } from './rules/diagnose-connector';

export function toConnectorFacts(
  now: Date,
  defaultSyncInterval: number,
  stored: readonly StoredTarget[],
  { ownSyncInterval, ...counts }: Counts,
  burst: BurstRow,
): ConnectorFacts {
  return {
    now,
    syncInterval: ownSyncInterval ?? defaultSyncInterval,
    ...counts,
    lostLately: burst,
    targets: new Map(stored.map((one) => [one.id, toTarget(one)])),
  };
}

const toTarget = ({
  seen,
  id,
  role,
  host,
  port,
  transport,
  state,
  reason,
  since,
  users,
}: StoredTarget): TargetFacts => ({
  id,
  role,
  host,
  port,
  transport,
  state,
  reason,
  since,
  users,
  notAfter: seen?.certificate == null ? null : new Date(seen.certificate.notAfter),
});

/** Reports name a target without its role; where it stands under two, the first one that apps try is meant. */
export class TargetIndex {
  private readonly byRole = new Map<string, string>();
  private readonly byPlace = new Map<string, string>();

  /** `targets`: in the order in which apps try them. */
  constructor(targets: Iterable<TargetFacts>) {
    for (const target of targets) {
      this.byRole.set(`${target.role} ${placeOf(target)}`, target.id);
      if (!this.byPlace.has(placeOf(target))) this.byPlace.set(placeOf(target), target.id);
    }
  }

  find(target: NamedTarget): string | undefined {
    const place = placeOf(target);
    return (
      (target.role === undefined ? undefined : this.byRole.get(`${target.role} ${place}`)) ?? this.byPlace.get(place)
    );
  }
}

const placeOf = ({ transport, host, port }: NamedTarget): string => `${transport}:${host.toLowerCase()}:${port}`;

export const toUserGroup = (row: GroupRow, targets: TargetIndex): UserGroup => ({
  facts: toUserFacts(row, targets),
  users: row.users,
  emails: row.emails,
  since: row.since,
});

const ROLES: readonly string[] = TARGET_ROLES;

function toUserFacts(row: GroupRow, targets: TargetIndex): UserFacts {
  const inOrder = [...row.targets].sort((a, b) => ROLES.indexOf(a.role ?? '') - ROLES.indexOf(b.role ?? ''));
  return {
    status: row.status,
    devices: row.devices.map(([platform, outcome, code, source, target]) => ({
      platform,
      outcome,
      code,
      source,
      target: target === null ? null : (targets.find(target) ?? null),
    })),
    targets: inOrder.flatMap((target) => targets.find(target) ?? []),
    check:
      row.result === null ? null : { result: row.result, bindings: row.bindings ?? 0, isNewer: row.isNewer === true },
    teleworker: row.teleworker,
    zoomPsi: row.zoomPsi,
  };
}
