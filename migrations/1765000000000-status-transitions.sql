-- What each user's status was, and a feed of it for those who listen. Written by a trigger: a status is moved by devices, by
-- time, by syncs, by webhooks and by admins, and none of them may be forgotten.
create table status_feeds (
  connector_id   uuid   not null,
  last_position  bigint not null default 0,
  constraint status_feeds_pkey primary key (connector_id),
  constraint status_feeds_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade
) with (fillfactor = 50);

-- Without foreign keys: the rows of a connector go with its users, and each check would cost as much as the row.
create table status_transitions (
  connector_id  uuid        not null,
  position      bigint      not null,
  user_id       uuid        not null,
  previous      text        not null,
  status        text        not null,
  at            timestamptz not null,
  platform      text,
  sip_code      integer,
  sip_reason    text,
  sip_source    text,
  constraint status_transitions_pkey primary key (connector_id, position)
);
create index status_transitions_of_user on status_transitions (connector_id, user_id, position);

-- The connector's row of status_feeds stays locked until the commit, so that positions become visible in their order: who has
-- seen 7 never finds a 6 afterwards. Whoever updates users does so after all other rows of users that they want are locked.
-- One pass over the rows, and look-ups by index: its plan is kept, and one that was made for a single row would be quadratic
-- for a thousand. A statement moves a user once, so one entry per user makes room; it does not see the new ones yet.
create function log_status_transitions() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  touched uuid[];
begin
  with both_sides as (
    select connector_id, user_id, true as is_old, status, status_since from old_users
    union all
    select connector_id, user_id, false, status, status_since from new_users
  ), moved as materialized (
    select connector_id, user_id,
           min(status) filter (where is_old) as previous, min(status) filter (where not is_old) as status,
           min(status_since) filter (where not is_old) as at
    from both_sides group by connector_id, user_id
    having min(status) <> max(status) or min(status_since) <> max(status_since)
  ), feed as (
    insert into status_feeds as f (connector_id, last_position)
    select connector_id, count(*) from moved group by connector_id order by connector_id
    on conflict (connector_id) do update set last_position = f.last_position + excluded.last_position
    returning connector_id, last_position
  ), logged as (
    insert into status_transitions (connector_id, position, user_id, previous, status, at, platform, sip_code, sip_reason, sip_source)
    select m.connector_id,
           feed.last_position - count(*) over (partition by m.connector_id) + row_number() over (partition by m.connector_id order by m.at),
           m.user_id, m.previous, m.status, m.at, failure.platform, failure.sip_code, failure.sip_reason, failure.sip_source
    from moved m
    join feed using (connector_id)
    left join lateral (
      select r.platform, r.sip_code, r.sip_reason, r.sip_source from registrations r
      where m.status = 'sip_error' and r.connector_id = m.connector_id and r.user_id = m.user_id and r.outcome = 'failed'
      order by r.reported_at desc limit 1
    ) failure on true
  ), trimmed as (
    delete from status_transitions t
    using moved m
    cross join lateral (
      select o.position from status_transitions o where o.connector_id = m.connector_id and o.user_id = m.user_id
      order by o.position desc offset 49 limit 1
    ) oldest
    where t.connector_id = m.connector_id and t.position = oldest.position
  )
  select array_agg(connector_id) into touched from feed;
  if touched is not null then
    perform pg_notify('status_transitions', connector_id::text) from unnest(touched) as connector_id;
  end if;
  return null;
end $$;

create trigger integrated_users_log_status after update on integrated_users
  referencing old table as old_users new table as new_users
  for each statement execute function log_status_transitions();

-- A device counts its reports: one that was overtaken on the way changes nothing.
alter table registrations add column sequence bigint;
-- A report that repeats the one before rewrites its row in place.
alter table registrations set (fillfactor = 80);
