import type { Queryable } from '../database/database';
import type { CallTarget } from '../remote/call-limits';
import type { RateBudget } from './rate-budget';

/** Slots of one account's class that are now ours, or the time until asking makes sense again. */
export interface SlotLease {
  /** 0: none. */
  granted: number;
  /** Until the first of them; without any, until there may be one. */
  waitMs: number;
  isDayOver: boolean;
  /** The account has had failures of late: its breaker must be asked. */
  isInTrouble: boolean;
}

/** A lease begins at most so far ahead: whoever holds one has not heard of a 429 that came since. */
const HORIZON_MS = 250;

const TODAY = `(now() at time zone 'utc')::date`;
const FIRST = 'greatest(r.next_slot, r.closed_until, now())';
/** What is left of today once unused slots are given back ($6) and the wanted ones taken ($4 of $7). */
const USED = `(case when r.day = ${TODAY} then greatest(0, r.used - $6::int) else 0 end)`;
const GRANTED = `(case when ${FIRST} <= now() + make_interval(secs => ${HORIZON_MS / 1000})
                       then greatest(0, least($4::int, $7::int - ${USED})) else 0 end)`;
const STEP = `make_interval(secs => $5::float8 / 1000)`;

/** The shared calendar of calls. Times are the database's, so that no process needs an exact clock. */
export class SlotRepository {
  constructor(private readonly database: Queryable) {}

  /** Takes up to `wanted` slots, one `intervalMs` after the other, and gives `unused` ones of before back to the day. */
  async take(target: CallTarget, budget: RateBudget, wanted: number, unused: number): Promise<SlotLease> {
    const { rows } = await this.database.query<{
      granted: number;
      used: number;
      first_in: number;
      free_in: number;
      day_in: number;
      trouble: boolean;
    }>({
      name: 'take-slots',
      text: `
        insert into rate_slots as r (provider, account, rate_class, next_slot, granted, day, used)
        values ($1, $2, $3, now() + $4::int * ${STEP}, $4, ${TODAY}, $4)
        on conflict (provider, account, rate_class) do update set
          next_slot = case when ${GRANTED} > 0 then ${FIRST} + ${GRANTED} * ${STEP} else r.next_slot end,
          granted = ${GRANTED}, day = ${TODAY}, used = ${USED} + ${GRANTED}
        returning granted, used,
          (extract(epoch from next_slot - granted * ${STEP} - clock_timestamp()) * 1000)::float8 as first_in,
          (extract(epoch from greatest(next_slot, closed_until) - clock_timestamp()) * 1000)::float8 as free_in,
          (extract(epoch from (${TODAY} + 1)::timestamp at time zone 'utc' - clock_timestamp()) * 1000)::float8 as day_in,
          exists (select from provider_breakers b where b.provider = $1 and b.account = $2) as trouble`,
      values: [
        target.provider,
        keyOf(target),
        target.rateClass,
        Math.min(wanted, budget.perDay ?? wanted),
        budget.intervalMs,
        unused,
        budget.perDay ?? NO_LIMIT,
      ],
    });
    const [row] = rows;
    if (row === undefined) throw new Error('an upsert without a row');
    const isDayOver = row.granted === 0 && row.used >= (budget.perDay ?? NO_LIMIT);
    const waitMs = row.granted > 0 ? row.first_in : isDayOver ? row.day_in : row.free_in;
    return { granted: row.granted, waitMs: Math.max(0, waitMs), isDayOver, isInTrouble: row.trouble };
  }

  async close(target: CallTarget, ms: number): Promise<void> {
    await this.database.query(
      `insert into rate_slots as r (provider, account, rate_class, next_slot, granted, day, used, closed_until)
       values ($1, $2, $3, now(), 0, ${TODAY}, 0, now() + make_interval(secs => $4::float8 / 1000))
       on conflict (provider, account, rate_class) do update
         set closed_until = greatest(r.closed_until, excluded.closed_until)`,
      [target.provider, keyOf(target), target.rateClass, ms],
    );
  }

  /** Accounts that nobody has called for days. */
  async forgetOld(): Promise<void> {
    await this.database.query(
      `delete from rate_slots where next_slot < now() - interval '2 days'
         and coalesce(closed_until, next_slot) < now()`,
    );
    await this.database.query(`delete from provider_breakers where changed_at < now() - interval '2 days'`);
  }
}

/** Far above any day's calls, and an integer for PostgreSQL. */
const NO_LIMIT = 2_000_000_000;

/** No account id of a provider looks like this. */
const keyOf = ({ account }: CallTarget): string => account ?? '(app)';
