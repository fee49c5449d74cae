-- Who works on a sync run and when is a job of the queue now: nobody reads this any more. The owner's name stays, as the
-- token that every page's transaction checks.
alter table sync_runs drop column lease_until;

-- The workers of the queue, by the name that stands in `locked_by` of their jobs. Each one says every two seconds that it
-- lives, and holds a session lock on its name besides; whoever stops doing so loses its jobs to the others.
create table queue_workers (
  name     text        not null,
  seen_at  timestamptz not null,
  constraint queue_workers_pkey primary key (name)
) with (fillfactor = 50);
