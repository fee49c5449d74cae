-- A run reads both sides whole, or only what CloudLink has changed since the last one.
alter table sync_runs
  add column mode text not null default 'full',
  add constraint sync_runs_mode_check check (mode in ('full', 'delta'));

-- delta_from: changes after this moment have not been read yet; null until a first run has succeeded.
-- delta_refused_*: CloudLink cannot be asked for changes, since when and why.
-- next_full_sync_at: the next run that the schedule begins from then on is a full one; null: it is due.
alter table connectors
  add column delta_from timestamptz,
  add column delta_refused_at timestamptz,
  add column delta_refused_reason text,
  add column next_full_sync_at timestamptz,
  add constraint connectors_delta_refused_reason_check check (delta_refused_reason in ('refused', 'ignored', 'no_modified_on')),
  add constraint connectors_delta_refused_check check ((delta_refused_at is null) = (delta_refused_reason is null));
