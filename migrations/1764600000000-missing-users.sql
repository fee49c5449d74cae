-- Who was not found by a complete run: removed only when the next one, and long enough a time, says the same (decision 7).
alter table integrated_users
  add column missing_since   timestamptz,  -- end of the run that missed them first; null: found by the last complete run
  add column missing_run_id  uuid,         -- that run; no foreign key: the mark may outlive the run's row
  add constraint integrated_users_missing_check check ((missing_since is null) = (missing_run_id is null));

-- Nearly always empty: who is marked is listed, and unmarked, without a look at everybody else.
create index integrated_users_missing on integrated_users (connector_id, email) where missing_since is not null;

-- Above this share of its users a connector's run asks a person before it removes anybody; null: 5.
alter table connectors
  add column removal_limit_percent integer,
  add constraint connectors_removal_limit_check check (removal_limit_percent between 0 and 50);

-- How fast a run reads, and how much the next one may expect. phase_started_at is null until the first phase is over.
alter table sync_runs
  add column phase_started_at  timestamptz,
  add column zoom_read_count   integer not null default 0;
