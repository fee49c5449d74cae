import { searchPattern } from './search-pattern';
import type { SortKey } from './sort-keys';
import type { UserFilter } from './user-filter';
import type { UserOrder, UserPlace } from './user-order';

/** Takes a value for the statement, returns its placeholder. */
export type Bind = (value: unknown) => string;

/** The SIP code of the failure behind `sip_error` of the user u, as derive-status.ts finds it: the newest of the platforms that fail. */
export const failureCode = (now: string): string =>
  `(select f.sip_code from registrations f
    where f.connector_id = u.connector_id and f.user_id = u.user_id and f.outcome = 'failed' and f.expires_at > ${now}
      and not exists (select from registrations n
                      where n.connector_id = f.connector_id and n.user_id = f.user_id and n.platform = f.platform
                        and (n.reported_at, n.device_id) > (f.reported_at, f.device_id))
    order by f.reported_at desc, f.device_id desc limit 1)`;

/** The rows u of integrated_users that a filter lets through. `now` decides which registrations are live. */
export function fromFilteredUsers(connectorId: string, filter: UserFilter, now: Date, bind: Bind): string {
  const { status, platform, missing, q, pbx, code } = filter;
  const connector = bind(connectorId);
  const conditions = [`u.connector_id = ${connector}`];
  let joins = '';
  conditions.push(status === undefined ? `u.status <> 'removed'` : `u.status = ${bind(status)}`);
  if (missing !== undefined) conditions.push(`u.missing_since is ${missing ? 'not null' : 'null'}`);
  if (pbx !== undefined) {
    const name = bind(pbx);
    conditions.push(`(u.pbx_type = ${name} or u.pbx_site = ${name})`);
  }
  if (q !== undefined) {
    const search = searchUsers(q, bind);
    joins += search.joins;
    conditions.push(search.condition);
  }
  if (platform !== undefined) {
    conditions.push(`exists (select from registrations l where l.connector_id = u.connector_id and l.user_id = u.user_id
                     and l.platform = ${bind(platform)} and l.outcome = 'registered' and l.expires_at > ${bind(now)})`);
  }
  if (code !== undefined) {
    conditions.push(`u.status = 'sip_error' and ${failureCode(bind(now))} = ${bind(code)}`);
  }
  return `integrated_users u ${joins} where ${conditions.join(' and ')}`;
}

/**
 * Plain LIKE where letters have one case only, in emails (stored in small letters) and in numbers; else the slower pattern.
 * No strpos(): PostgreSQL takes it for true in a third of all rows, and so reads all users in the order of emails to find none.
 * Caller ids are in another table, which is read only for what may be part of a number. Of 100 000 users a search that
 * nobody answers to takes 80 ms with letters and 105 ms with digits.
 */
function searchUsers(q: string, bind: Bind): { joins: string; condition: string } {
  const small = q.normalize('NFC').toLowerCase();
  const part = bind(`%${small.replace(/[\\%_]/g, '\\$&')}%`);
  const inAnyCase = small === small.toUpperCase() ? `like ${part}` : `~ ${bind(searchPattern(q))}`;
  const found = [`u.email like ${part}`, `u.display_name ${inAnyCase}`, `u.extension ${inAnyCase}`];
  if (!/\d/.test(q)) return { joins: '', condition: `(${found.join(' or ')})` };
  return {
    joins: 'left join sip_credentials c on c.connector_id = u.connector_id and c.user_id = u.user_id',
    condition: `(${found.join(' or ')} or c.user_name ${inAnyCase})`,
  };
}

/** Who comes after a place. The email goes from a to z in both directions, but where it is what is ordered by. */
export function isAfter(place: UserPlace, { sort, order }: UserOrder, key: SortKey, names: string, bind: Bind): string {
  const direction = order === 'asc' ? '>' : '<';
  const email = bind(place.email);
  if (sort === 'email') return `u.email ${direction} ${email}`;
  const own = key.expression(names);
  if (place.key === null) return `(${own} is null and u.email > ${email})`;
  const bound = key.fromText(bind(place.key));
  const rest = key.isNullable ? ` or ${own} is null` : '';
  return `(${own} ${direction} ${bound} or (${own} = ${bound} and u.email > ${email})${rest})`;
}
