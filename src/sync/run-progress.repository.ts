import type { Queryable } from '../platform/database/database';
import type { ProgressFacts } from './run-progress';
import type { RunPhase } from './sync-run';

interface ProgressRow extends Record<string, unknown> {
  phase: RunPhase;
  seconds: number;
  zoom_read_count: number;
  read_count: number;
  last_zoom: number | null;
  last_read: number | null;
}

/** Counts what an open run has read. Time is told by the clock of the database, which has stamped the phase. */
export class RunProgressRepository {
  /** undefined: the run is not open. A run that only waits for a worker has taken no time. */
  async find(connectorId: string, runId: string, via: Queryable): Promise<ProgressFacts | undefined> {
    const { rows } = await via.query<ProgressRow>(
      `select r.phase, r.zoom_read_count, r.read_count, l.zoom_read_count as last_zoom, l.read_count as last_read,
              extract(epoch from clock_timestamp() - coalesce(r.phase_started_at, r.started_at, clock_timestamp()))::float8 as seconds
       from sync_runs r
       left join lateral (
         -- Runs of earlier versions have not counted Zoom's users.
         select nullif(o.zoom_read_count, 0) as zoom_read_count, o.read_count from sync_runs o
         where o.connector_id = r.connector_id and o.mode = r.mode and o.state = 'succeeded' and o.created_at < r.created_at
         order by o.created_at desc, o.run_id desc limit 1
       ) l on true
       where r.connector_id = $1 and r.run_id = $2 and r.state in ('queued', 'running')`,
      [connectorId, runId],
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    return {
      phase: row.phase,
      phaseSeconds: row.seconds,
      zoomUsers: row.zoom_read_count,
      cloudlinkItems: row.read_count,
      lastZoomUsers: row.last_zoom,
      lastCloudlinkItems: row.last_read,
    };
  }
}
