-- Who has a Zoom Phone licence besides, as Zoom lists it (docs/decisions/0025). One row per connector: when the list is
-- due, how far it has been read, and what Zoom said the last time.
create table zoom_phone_listings (
  connector_id    uuid        not null,
  next_at         timestamptz not null default now(),   -- due from then on; stays in the past until a listing has ended
  begun_at        timestamptz,                          -- of the listing that is under way; null: none is
  owner           text,                                 -- who works on it now: every page's transaction checks the name
  attempts        integer     not null default 0,       -- that have failed since the last stored page
  checkpoint      jsonb       not null default '{}',
  answer          text,                                 -- null: Zoom has not said anything yet
  answered_at     timestamptz,
  answer_since    timestamptz,                          -- since when it has been the same answer each time
  failure_code    text,                                 -- why the last listing has not come to an end; null: it has
  failed_since    timestamptz,
  constraint zoom_phone_listings_pkey primary key (connector_id),
  constraint zoom_phone_listings_answer_check check (answer in ('listed', 'not_enabled', 'scope_missing')),
  constraint zoom_phone_listings_answered_check check ((answer is null) = (answered_at is null) and (answer is null) = (answer_since is null)),
  constraint zoom_phone_listings_failed_check check ((failure_code is null) = (failed_since is null)),
  constraint zoom_phone_listings_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade
);

-- What the listing under way has read, a row per page: of each user the id and the email. It refers to the listing, whose
-- row the writer holds anyway, and not to the connector, whose row others lock before that one.
create table zoom_phone_pages (
  connector_id  uuid    not null,
  page          integer not null,
  keys          text[]  not null,
  constraint zoom_phone_pages_pkey primary key (connector_id, page),
  constraint zoom_phone_pages_listing_fkey foreign key (connector_id) references zoom_phone_listings (connector_id) on delete cascade
);

-- What was known was known of that Zoom user: of another one in the same row nothing is, until the list is read again.
create function forget_zoom_phone() returns trigger language plpgsql as $$
begin
  new.zoom_phone := null;
  return new;
end $$;

create trigger integrated_users_forget_zoom_phone before update of zoom_user_id on integrated_users
  for each row when (old.zoom_phone is not null and old.zoom_user_id is distinct from new.zoom_user_id)
  execute function forget_zoom_phone();
