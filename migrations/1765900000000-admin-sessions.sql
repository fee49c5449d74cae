-- Admins who are signed in to the console. A session hangs on the grant by whose consent it began: whose admin it is,
-- and whether they may still be here, is read from that grant each time. Of the cookie only a hash is kept.
create table admin_sessions (
  connector_id  uuid         not null,
  session_id    uuid         not null,
  grant_id      uuid         not null,
  secret_hash   bytea        not null,
  -- The browser's secret of the way through the providers: the next sign-in of the same browser takes this one's place.
  browser_hash  bytea        not null,
  -- When it was last used by a person; it runs out some time after that.
  seen_at       timestamptz  not null,
  -- When a look at the grant was last asked for on its account.
  looked_at     timestamptz  not null,
  expires_at    timestamptz  not null,
  constraint admin_sessions_pkey primary key (connector_id, session_id),
  constraint admin_sessions_grant_fkey foreign key (connector_id, grant_id) references grants (connector_id, grant_id) on delete cascade
);
create index admin_sessions_grant on admin_sessions (connector_id, grant_id);
-- The cookie comes before anybody knows the connector, and so does the browser.
create unique index admin_sessions_secret on admin_sessions (secret_hash);
create index admin_sessions_browser on admin_sessions (browser_hash);

-- The way back from the provider: to the console instead of a page of ours.
alter table oauth_attempts add column to_console boolean not null default false;
