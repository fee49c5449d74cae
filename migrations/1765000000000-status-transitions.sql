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
create function log_status_transitions() returns trigger language plpgsql as $$
begin
  if not exists (
    select from new_users n join old_users o using (connector_id, user_id)
    where n.status <> o.status or n.status_since <> o.status_since
  ) then
    return null;
  end if;
  with moved as materialized (
    select connector_id, user_id, o.status as previous, n.status, n.status_since
    from new_users n join old_users o using (connector_id, user_id)
    where n.status <> o.status or n.status_since <> o.status_since
  ), feed as (
    insert into status_feeds as f (connector_id, last_position)
    select connector_id, count(*) from moved group by connector_id order by connector_id
    on conflict (connector_id) do update set last_position = f.last_position + excluded.last_position
    returning connector_id, last_position
  )
  insert into status_transitions (connector_id, position, user_id, previous, status, at, platform, sip_code, sip_reason, sip_source)
  select m.connector_id,
         feed.last_position - count(*) over (partition by m.connector_id) + row_number() over (partition by m.connector_id order by m.status_since),
         m.user_id, m.previous, m.status, m.status_since, failure.platform, failure.sip_code, failure.sip_reason, failure.sip_source
  from moved m
  join feed using (connector_id)
  left join lateral (
    select r.platform, r.sip_code, r.sip_reason, r.sip_source from registrations r
    where m.status = 'sip_error' and r.connector_id = m.connector_id and r.user_id = m.user_id and r.outcome = 'failed'
    order by r.reported_at desc limit 1
  ) failure on true;
  -- The last 50 of each user stay.
  delete from status_transitions t
  using new_users n
  where t.connector_id = n.connector_id and t.user_id = n.user_id
    and t.position <= (
      select o.position from status_transitions o where o.connector_id = n.connector_id and o.user_id = n.user_id
      order by o.position desc offset 50 limit 1
    );
  perform pg_notify('status_transitions', connector_id::text) from (select distinct connector_id from new_users) c;
  return null;
end $$;

create trigger integrated_users_log_status after update on integrated_users
  referencing old table as old_users new table as new_users
  for each statement execute function log_status_transitions();

-- A device counts its reports: one that was overtaken on the way changes nothing.
alter table registrations add column sequence bigint;
-- A report that repeats the one before rewrites its row in place.
alter table registrations set (fillfactor = 80);
