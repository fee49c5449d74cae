import type { Queryable } from '../../platform/database/database';
import { normaliseEmail } from '../../platform/text/normalise-email';
import type { ZoomPhoneUser } from '../../zoom/zoom-phone-api';
import { preferHashJoins } from '../prefer-hash-joins';
import type { ZoomPhoneAnswer } from './zoom-phone-listing';

/** So many rows are locked at once that no device waits for long with its report (some 0.1 s). */
const BATCH = 2_000;

/** What a listing has read so far, and the users who become as it says. */
export class ZoomPhoneUserRepository {
  /** An id has no @ in it, so both can stand in one list. */
  async addPage(connectorId: string, page: number, users: ZoomPhoneUser[], transaction: Queryable): Promise<void> {
    const keys = users.flatMap(({ id, email }) => [id ?? [], email === undefined ? [] : normaliseEmail(email)].flat());
    await transaction.query({
      name: 'zoom-phone-add-page',
      text: 'insert into zoom_phone_pages (connector_id, page, keys) values ($1, $2, $3)',
      values: [connectorId, page, keys],
    });
  }

  async clearPages(connectorId: string, transaction: Queryable): Promise<void> {
    await transaction.query('delete from zoom_phone_pages where connector_id = $1', [connectorId]);
  }

  /**
   * The next users who are not yet as Zoom says, up to a batch of them; all others are not written. Somebody with a Zoom id
   * is known by it alone, so that an email which has moved to another Zoom user takes no licence along; somebody without
   * one, who has not accepted the invitation yet, by the email.
   */
  async applyNext(
    connectorId: string,
    answer: ZoomPhoneAnswer,
    afterUserId: string | null,
    transaction: Queryable,
  ): Promise<{ changed: number; afterUserId: string | null }> {
    await preferHashJoins(transaction);
    const { rows } = await transaction.query<{ changed: number; last: string | null }>(
      `with listed as materialized (
         select distinct key from zoom_phone_pages p, unnest(p.keys) as key where p.connector_id = $1
       ), stale as materialized (
         select u.user_id, case when $2 <> 'scope_missing' then l.key is not null end as zoom_phone
         from integrated_users u left join listed l on l.key = coalesce(u.zoom_user_id, u.email)
         where u.connector_id = $1 and ($3::uuid is null or u.user_id > $3)
           and u.zoom_phone is distinct from (case when $2 <> 'scope_missing' then l.key is not null end)
         order by u.user_id limit $4 for no key update of u
       ), written as (
         update integrated_users u set zoom_phone = s.zoom_phone from stale s
         where u.connector_id = $1 and u.user_id = s.user_id
         returning u.user_id
       )
       select count(*)::int as changed, (select user_id from stale order by user_id desc limit 1) as last from written`,
      [connectorId, answer, afterUserId, BATCH],
    );
    const { changed = 0, last = null } = rows[0] ?? {};
    return { changed, afterUserId: changed < BATCH ? null : last };
  }
}
