import { Injectable } from '@nestjs/common';
import { badCursor, readCursor, writeCursor } from '../platform/http/list-cursor';
import { Database, type Queryable } from '../platform/database/database';
import type { ProbeReason, TargetState, Verdict } from '../sip/probe/judge-probe';
import type { Latency, ProbeCause, SeenTarget } from './stored-target';

export const PROBES_KEPT_DAYS = 30;

export interface PastProbe {
  at: Date;
  cause: ProbeCause;
  state: TargetState;
  reason: ProbeReason | null;
  latency: Latency;
  sipCode: number | null;
  errorCode: string | null;
}

export interface ProbePlace {
  connectorId: string;
  targetId: string;
}

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (\d{1,18})$/;

/** What looks at targets have seen: the last one with all of it, those before in short. */
@Injectable()
export class ProbeRecordRepository {
  constructor(private readonly database: Database) {}

  /** False: the target is gone, or somebody has looked later. */
  async record(
    { connectorId, targetId }: ProbePlace,
    look: { at: Date; cause: ProbeCause; verdict: Verdict; seen: SeenTarget },
    via: Queryable,
  ): Promise<boolean> {
    const { at, cause, verdict, seen } = look;
    const { rowCount } = await via.query(
      `update registration_targets set state = $3, reason = $4, checked_at = $5, seen = $6,
         since = case when state = $3 and reason is not distinct from $4 and since is not null then since else $5 end
       where connector_id = $1 and target_id = $2 and (checked_at is null or checked_at <= $5)`,
      [connectorId, targetId, verdict.state, verdict.reason, at, JSON.stringify(seen)],
    );
    if (rowCount !== 1) return false;
    const { dnsMs, tcpMs, tlsMs, sipMs } = seen.latency;
    await via.query(
      `insert into target_probes (connector_id, target_id, at, cause, state, reason, dns_ms, tcp_ms, tls_ms, sip_ms, sip_code, error_code)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        connectorId,
        targetId,
        at,
        cause,
        verdict.state,
        verdict.reason,
        dnsMs,
        tcpMs,
        tlsMs,
        sipMs,
        seen.sip?.code ?? null,
        seen.errorCode,
      ],
    );
    await via.query('delete from target_probes where connector_id = $1 and target_id = $2 and at < $3', [
      connectorId,
      targetId,
      new Date(at.getTime() - PROBES_KEPT_DAYS * 86_400_000),
    ]);
    return true;
  }

  /** Newest first. @throws AppError `invalid_request` for a cursor of another list */
  async history(
    { connectorId, targetId }: ProbePlace,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<{ items: PastProbe[]; nextCursor: string | null }> {
    const [at, id] = cursor === undefined ? [null, null] : readKey(cursor);
    const { rows } = await this.database.query<PastProbe & { id: string }>(
      `select at, probe_id as id, cause, state, reason, sip_code as "sipCode", error_code as "errorCode",
         json_build_object('dnsMs', dns_ms, 'tcpMs', tcp_ms, 'tlsMs', tls_ms, 'sipMs', sip_ms) as latency
       from target_probes
       where connector_id = $1 and target_id = $2 and ($3::timestamptz is null or (at, probe_id) < ($3, $4::bigint))
       order by at desc, probe_id desc limit $5`,
      [connectorId, targetId, at, id, limit + 1],
    );
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const hasMore = rows.length > limit && last !== undefined;
    return {
      items: shown.map(({ id: _, ...probe }) => probe),
      nextCursor: hasMore ? writeCursor(`${last.at.toISOString()} ${last.id}`) : null,
    };
  }
}

function readKey(cursor: string): [at: string, id: string] {
  const [at = '', id = ''] = readCursor(cursor, CURSOR).split(' ');
  if (Number.isNaN(Date.parse(at))) throw badCursor();
  return [at, id];
}
