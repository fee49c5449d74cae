alter table connectors
  -- Between two syncs; null: SYNC_INTERVAL.
  add column sync_interval_seconds integer,
  -- false: mobile apps are given nothing to register with.
  add column mobile_calling boolean not null default true,
  add constraint connectors_sync_interval_check check (sync_interval_seconds between 300 and 86400);
