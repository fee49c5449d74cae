-- Whom a run has seen at CloudLink is needed once, at its end. A row per page instead of one per user, without an index by
-- email: one statement in ten of a first sync, and most of what an unchanged account wrote, were the old rows.
-- What a stored user does not show by itself (an email that is disputed, or claimed by a broken item) stays a row each.
alter table sync_run_seen rename to sync_run_claims;
alter table sync_run_claims rename constraint sync_run_seen_pkey to sync_run_claims_pkey;
alter table sync_run_claims rename constraint sync_run_seen_run_fkey to sync_run_claims_run_fkey;

create table sync_run_seen (
  connector_id  uuid    not null,
  run_id        uuid    not null,
  page          bigint  not null generated always as identity,
  emails        text[]  not null,
  constraint sync_run_seen_pkey primary key (connector_id, run_id, page),
  constraint sync_run_seen_run_fkey foreign key (connector_id, run_id) references sync_runs (connector_id, run_id) on delete cascade
);
-- Read once and then thrown away: compressing it costs more than it saves.
alter table sync_run_seen alter column emails set storage external;

insert into sync_run_seen (connector_id, run_id, emails)
select connector_id, run_id, array_agg(email) from sync_run_claims group by connector_id, run_id;

-- How often a webhook has changed what this run has read: a page that was prepared before is prepared again.
alter table sync_runs add column hint_count integer not null default 0;
