import type { Database } from '../database/database';
import type { CallTarget } from '../remote/call-limits';
import { CLOSED, nextBreaker, type Breaker, type BreakerEvent } from './next-breaker';

interface BreakerRow {
  state: Breaker['state'];
  failures: number;
  openings: number;
  until: string | null;
}

export interface BreakerChange {
  before: Breaker;
  after: Breaker;
  waitMs: number | undefined;
}

/** Moves an account's breaker; the row's lock makes it one move at a time in all processes. */
export class BreakerRepository {
  constructor(private readonly database: Database) {}

  move({ provider, account }: CallTarget, event: BreakerEvent): Promise<BreakerChange> {
    return this.database.transaction(async (transaction) => {
      // There must be a row to lock; a closed one without failures is taken away again below.
      await transaction.query(
        `insert into provider_breakers (provider, account, state, failures, openings) values ($1, $2, 'closed', 0, 0)
         on conflict do nothing`,
        [provider, account],
      );
      const { rows } = await transaction.query<BreakerRow>(
        `select state, failures, openings, extract(epoch from until) * 1000 as until
         from provider_breakers where provider = $1 and account = $2 for update`,
        [provider, account],
      );
      const clock = await transaction.query<{ now: string }>(
        'select extract(epoch from clock_timestamp()) * 1000 as now',
      );
      const before = readBreaker(rows[0]);
      const { next: after, waitMs } = nextBreaker(before, event, Number(clock.rows[0]?.now), Math.random());
      if (after.state === 'closed' && after.failures === 0) {
        await transaction.query('delete from provider_breakers where provider = $1 and account = $2', [
          provider,
          account,
        ]);
      } else if (after !== before) {
        await transaction.query(
          `insert into provider_breakers as b (provider, account, state, failures, openings, until)
           values ($1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000))
           on conflict (provider, account) do update set state = $3, failures = $4, openings = $5,
             until = excluded.until, changed_at = case when b.state = $3 then b.changed_at else now() end`,
          [
            provider,
            account,
            after.state,
            after.state === 'closed' ? after.failures : 0,
            after.state === 'closed' ? 0 : after.openings,
            after.state === 'closed' ? null : after.until,
          ],
        );
      }
      return { before, after, waitMs };
    });
  }
}

function readBreaker(row: BreakerRow | undefined): Breaker {
  // Another process closed it between our two statements.
  if (row === undefined) return CLOSED;
  if (row.state === 'closed') return row.failures === 0 ? CLOSED : { state: 'closed', failures: row.failures };
  return { state: row.state, openings: row.openings, until: Number(row.until) };
}
