-- The fiftieth move of each user is found by the index of users, whatever was known of the table when the trigger first ran.
-- At most fifty moves of a user are kept, and so the planner is told: where it had seen that most moves were of a few users, it
-- took every place of the feed for a good place to look for fifty of one.
alter table status_transitions alter column user_id set (n_distinct = -0.02);
analyze status_transitions;

create or replace function log_status_transitions() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  touched uuid[];
  connectors uuid[];
  users uuid[];
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
  )
  select (select array_agg(connector_id) from feed), array_agg(connector_id), array_agg(user_id)
  into touched, connectors, users from moved;
  if touched is null then
    return null;
  end if;
  -- A statement moves a user once, so the one beyond the fiftieth goes. Planned anew each time: a plan that was made while there
  -- were few moves walks through the whole feed of a connector for each of its users.
  execute 'delete from status_transitions t
    using unnest($1, $2) as m (connector_id, user_id)
    cross join lateral (
      select o.position from status_transitions o where o.connector_id = m.connector_id and o.user_id = m.user_id
      order by o.position desc offset 50 limit 1
    ) oldest
    where t.connector_id = m.connector_id and t.position = oldest.position' using connectors, users;
  perform pg_notify('status_transitions', connector_id::text) from unnest(touched) as connector_id;
  return null;
end $$;
