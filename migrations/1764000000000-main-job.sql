-- The main job: connectors, the grants that admins gave, integrated users with their credentials and
-- registrations, sync runs, machine clients, audit.
-- connector_id leads every primary key and every index, so that tables can be partitioned or distributed by it.
-- Two kinds of tables stand outside that rule because they are looked up before a connector is known:
-- oauth_attempts and connect_sessions (by the hash of a browser's secret), signing_keys (one set per deployment).

create table connectors (
  connector_id          uuid        not null,
  name                  text        not null default '',
  state                 text        not null default 'pending',
  state_reason          text,
  state_since           timestamptz not null default now(),
  zoom_account_id       text,
  cloudlink_account_id  text,
  membership            text        not null default 'automatic',
  next_sync_at          timestamptz,
  created_at            timestamptz not null default now(),
  updated_at            timestamptz not null default now(),
  constraint connectors_pkey primary key (connector_id),
  constraint connectors_state_check check (state in ('pending', 'active', 'reauthorization_required', 'disconnected')),
  constraint connectors_membership_check check (membership in ('automatic', 'chosen')),
  constraint connectors_zoom_account_id_key unique (zoom_account_id),
  constraint connectors_cloudlink_account_id_key unique (cloudlink_account_id)
);

-- One data key per connector, wrapped by a key of ENCRYPTION_KEYS. Destroying the row destroys every secret of the connector.
create table connector_keys (
  connector_id  uuid        not null,
  data_key      bytea       not null,
  created_at    timestamptz not null default now(),
  constraint connector_keys_pkey primary key (connector_id),
  constraint connector_keys_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade
);

create table grants (
  connector_id   uuid        not null,
  grant_id       uuid        not null,
  provider       text        not null,
  state          text        not null,
  account_id     text        not null,
  subject_id     text        not null,
  subject_email  text        not null default '',
  subject_role   text        not null default '',
  scope          text        not null default '',
  access_token   bytea,
  refresh_token  bytea,
  expires_at     timestamptz,
  dead_reason    text,
  dead_at        timestamptz,
  created_at     timestamptz not null default now(),
  refreshed_at   timestamptz,
  updated_at     timestamptz not null default now(),
  constraint grants_pkey primary key (connector_id, grant_id),
  constraint grants_provider_check check (provider in ('zoom', 'cloudlink')),
  constraint grants_state_check check (state in ('active', 'standby', 'dead')),
  constraint grants_dead_has_no_tokens check (state <> 'dead' or (access_token is null and refresh_token is null)),
  constraint grants_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade
);
create unique index grants_one_active on grants (connector_id, provider) where state = 'active';
create unique index grants_one_per_subject on grants (connector_id, provider, subject_id) where state <> 'dead';

-- One attempt of one browser to authorise at one provider: the `state` parameter, only as a hash, usable once.
create table oauth_attempts (
  state_hash     bytea       not null,
  provider       text        not null,
  browser_hash   bytea       not null,
  connector_id   uuid,
  code_verifier  bytea,
  created_at     timestamptz not null default now(),
  expires_at     timestamptz not null,
  used_at        timestamptz,
  constraint oauth_attempts_pkey primary key (state_hash),
  constraint oauth_attempts_provider_check check (provider in ('zoom', 'cloudlink'))
);
create index oauth_attempts_expiry on oauth_attempts (expires_at);

-- Which connector a browser is setting up, between the first side and the second.
create table connect_sessions (
  browser_hash  bytea       not null,
  connector_id  uuid        not null,
  expires_at    timestamptz not null,
  constraint connect_sessions_pkey primary key (browser_hash),
  constraint connect_sessions_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade
);
create index connect_sessions_expiry on connect_sessions (expires_at);

create table integrated_users (
  connector_id       uuid        not null,
  user_id            uuid        not null,
  email              text        not null,              -- normalised: the join key of both sides
  display_name       text        not null default '',
  zoom_user_id       text,                              -- Zoom gives none to users who have not accepted yet
  zoom_status        text,
  cloudlink_user_id  text,
  extension          text,
  pbx_type           text,
  pbx_site           text,
  licences           jsonb       not null default '{}',
  membership         text        not null default 'automatic',
  credential_state   text        not null default 'none',
  status             text        not null default 'pending',
  status_since       timestamptz not null default now(),
  status_expires_at  timestamptz,                       -- when time alone may change the status; null: never
  fingerprint        bytea,                             -- keyed hash of what the last sync brought
  synced_at          timestamptz,
  created_at         timestamptz not null default now(),
  removed_at         timestamptz,
  constraint integrated_users_pkey primary key (connector_id, user_id),
  constraint integrated_users_email_key unique (connector_id, email),
  constraint integrated_users_zoom_status_check check (zoom_status in ('active', 'inactive', 'pending')),
  constraint integrated_users_membership_check check (membership in ('automatic', 'chosen')),
  constraint integrated_users_credential_state_check check (credential_state in ('none', 'ready', 'revoked')),
  constraint integrated_users_status_check check (status in ('pending', 'inactive', 'registered', 'sip_error', 'removed')),
  constraint integrated_users_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade
);
create unique index integrated_users_zoom_user_id_key on integrated_users (connector_id, zoom_user_id) where zoom_user_id is not null;
create index integrated_users_status_email on integrated_users (connector_id, status, email);
create index integrated_users_status_due on integrated_users (connector_id, status_expires_at) where status_expires_at is not null;

create table sip_credentials (
  connector_id    uuid        not null,
  user_id         uuid        not null,
  user_name       text        not null,
  auth_user_name  text        not null,
  realm           text        not null,
  md5_ha1         bytea,                                -- encrypted with the connector's data key
  sha256_ha1      bytea,                                -- encrypted with the connector's data key
  targets         jsonb       not null,                 -- [{role, host, port, transport}] in the order CloudLink gives
  synced_at       timestamptz not null default now(),
  constraint sip_credentials_pkey primary key (connector_id, user_id),
  constraint sip_credentials_has_a_hash check (md5_ha1 is not null or sha256_ha1 is not null),
  constraint sip_credentials_user_fkey foreign key (connector_id, user_id) references integrated_users (connector_id, user_id) on delete cascade
);

create table registrations (
  connector_id  uuid        not null,
  user_id       uuid        not null,
  device_id     text        not null,
  platform      text        not null,
  outcome       text        not null,
  app_version   text,
  target        jsonb,
  sip_code      integer,
  sip_reason    text,
  sip_source    text,
  since         timestamptz not null,                   -- first report of an unbroken row of equal outcomes and codes
  reported_at   timestamptz not null,
  expires_at    timestamptz not null,
  constraint registrations_pkey primary key (connector_id, user_id, device_id),
  constraint registrations_platform_check check (platform in ('desktop', 'mobile')),
  constraint registrations_outcome_check check (outcome in ('registered', 'failed', 'unregistered')),
  constraint registrations_sip_source_check check (sip_source in ('registrar', 'client', 'network')),
  constraint registrations_user_fkey foreign key (connector_id, user_id) references integrated_users (connector_id, user_id) on delete cascade
);

create table sync_runs (
  connector_id   uuid        not null,
  run_id         uuid        not null,
  trigger        text        not null,
  state          text        not null default 'queued',
  phase          text        not null default 'zoom_users',
  checkpoint     jsonb       not null default '{}',
  read_count       integer   not null default 0,
  created_count    integer   not null default 0,
  updated_count    integer   not null default 0,
  unchanged_count  integer   not null default 0,
  removed_count    integer   not null default 0,
  problem_count    integer   not null default 0,
  missing_count    integer   not null default 0,
  attempts       integer     not null default 0,
  lease_owner    text,
  lease_until    timestamptz,
  error_code     text,
  error_detail   text,
  created_at     timestamptz not null default now(),
  started_at     timestamptz,
  finished_at    timestamptz,
  constraint sync_runs_pkey primary key (connector_id, run_id),
  constraint sync_runs_trigger_check check (trigger in ('connect', 'manual', 'schedule')),
  constraint sync_runs_state_check check (state in ('queued', 'running', 'succeeded', 'failed', 'awaiting_approval')),
  constraint sync_runs_phase_check check (phase in ('zoom_users', 'cloudlink_users', 'removal', 'done')),
  constraint sync_runs_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade
);
create unique index sync_runs_one_open on sync_runs (connector_id) where state in ('queued', 'running');
create index sync_runs_newest on sync_runs (connector_id, created_at desc, run_id desc);

create table sync_problems (
  connector_id       uuid        not null,
  run_id             uuid        not null,
  problem_id         bigint      generated always as identity,
  code               text        not null,
  email              text,
  cloudlink_user_id  text,
  field              text,
  detail             text        not null,
  created_at         timestamptz not null default now(),
  constraint sync_problems_pkey primary key (connector_id, run_id, problem_id),
  constraint sync_problems_run_fkey foreign key (connector_id, run_id) references sync_runs (connector_id, run_id) on delete cascade
);

-- What one run has read so far. It lives only while the run is open, so that a killed run can go on.
create table sync_run_zoom_users (
  connector_id  uuid not null,
  run_id        uuid not null,
  email         text not null,
  zoom_user_id  text,
  zoom_status   text not null,
  display_name  text not null default '',
  constraint sync_run_zoom_users_pkey primary key (connector_id, run_id, email),
  constraint sync_run_zoom_users_run_fkey foreign key (connector_id, run_id) references sync_runs (connector_id, run_id) on delete cascade
);

create table sync_run_seen (
  connector_id       uuid not null,
  run_id             uuid not null,
  email              text not null,
  cloudlink_user_id  text not null,
  constraint sync_run_seen_pkey primary key (connector_id, run_id, email),
  constraint sync_run_seen_run_fkey foreign key (connector_id, run_id) references sync_runs (connector_id, run_id) on delete cascade
);

create table api_clients (
  connector_id  uuid        not null,
  client_id     text        not null,
  name          text        not null default '',
  secret_hash   bytea       not null,
  scope         text        not null,
  created_at    timestamptz not null default now(),
  revoked_at    timestamptz,
  constraint api_clients_pkey primary key (connector_id, client_id),
  constraint api_clients_client_id_key unique (client_id),
  constraint api_clients_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade
);

create table signing_keys (
  kid          text        not null,
  algorithm    text        not null,
  private_jwk  bytea       not null,                    -- encrypted with a key of ENCRYPTION_KEYS
  created_at   timestamptz not null default now(),
  retired_at   timestamptz,
  constraint signing_keys_pkey primary key (kid)
);

create table audit_events (
  connector_id  uuid        not null,
  event_id      bigint      generated always as identity,
  at            timestamptz not null default now(),
  actor_kind    text        not null,
  actor_id      text        not null,
  action        text        not null,
  subject       text        not null default '',
  request_id    text,
  address       text,
  details       jsonb       not null default '{}',
  constraint audit_events_pkey primary key (connector_id, event_id),
  constraint audit_events_actor_kind_check check (actor_kind in ('admin', 'client', 'system', 'webhook'))
);
