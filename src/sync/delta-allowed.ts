import { REFUSAL_DAYS } from './run-mode';

/**
 * SQL: whether the next run of connector `c` may be a delta. The newest run must have succeeded: after a failed one, or
 * one that waits for approval (which a newer run would end unasked), both sides are read whole. A connector without
 * runs, or one whose newest run is open, gives null, which is no permission either.
 */
export const DELTA_ALLOWED = `(
  c.delta_from is not null
  and (c.delta_refused_at is null
       or (c.delta_refused_reason <> 'no_modified_on' and c.delta_refused_at <= now() - interval '${REFUSAL_DAYS} days'))
  and (select r.state from sync_runs r where r.connector_id = c.connector_id
       order by r.created_at desc, r.run_id desc limit 1) = 'succeeded')`;
