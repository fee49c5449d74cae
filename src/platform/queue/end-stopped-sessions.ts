import { APPLICATION_NAME, type Queryable } from '../database/database';

/**
 * Ends sessions of this program that wait for their client in the middle of a statement and keep others waiting for a lock.
 * A process that stands still in the middle of a COPY would keep what it has locked for as long as it stands: none of
 * PostgreSQL's limits (statement, transaction, idle in transaction) counts while the server reads what its client sends.
 * Where DATABASE_URL gives the sessions another `application_name` they are not known by it, and stay.
 *
 * @param silentSeconds so long a statement may take before its client counts as standing still
 * @returns how many were ended
 */
export async function endStoppedSessions(via: Queryable, silentSeconds: number): Promise<number> {
  const { rowCount } = await via.query({
    name: 'end-stopped-sessions',
    // Those who wait are looked for only where somebody stands still: nearly never.
    text: `select pg_terminate_backend(s.pid) from pg_stat_activity s
           where s.datname = current_database() and s.application_name = $1 and s.state = 'active' and s.wait_event_type = 'Client'
             and s.state_change < clock_timestamp() - make_interval(secs => $2)
             and exists (select from pg_stat_activity w where w.datname = s.datname and w.wait_event_type = 'Lock'
                                                          and s.pid = any(pg_blocking_pids(w.pid)))`,
    values: [APPLICATION_NAME, silentSeconds],
  });
  return rowCount ?? 0;
}
