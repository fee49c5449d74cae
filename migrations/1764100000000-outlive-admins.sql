-- Connectors outlive the admin who set them up: grants at risk, service clients, what providers tell us by webhook,
-- what we tell people, the way to a disconnected connector, and an audit that nobody can change.
-- Background work waits in the schema graphile_worker, which the library graphile-worker lays out itself.

alter table connectors
  add column language              text,                              -- of what we send; null: DEFAULT_LANGUAGE
  add column alert_emails          text[]      not null default '{}',
  add column synced_at             timestamptz,                       -- end of the last sync that read both sides whole
  add column zoom_deauthorised_at  timestamptz,                       -- Zoom has told that the app was removed
  add constraint connectors_language_check check (language in ('en', 'de'));
update connectors c set synced_at = (select max(finished_at) from sync_runs r where r.connector_id = c.connector_id and r.state = 'succeeded');

alter table grants
  add column kind            text        not null default 'admin',
  add column client_id       text,                                    -- of a service client
  add column client_account  text,                                    -- the account number that it signs in with
  add column client_secret   bytea,                                   -- encrypted with the connector's data key
  add column at_risk_reason  text,
  add column at_risk_since   timestamptz,
  add column authorised_at   timestamptz not null default now(),      -- last time this subject authorised
  add column checked_at      timestamptz,                             -- last time the grant was seen to work
  add column next_check_at   timestamptz not null default now(),
  add constraint grants_kind_check check (kind in ('admin', 'service_client')),
  add constraint grants_risk_check check ((at_risk_reason is null) = (at_risk_since is null)),
  drop constraint grants_dead_has_no_tokens,
  add constraint grants_dead_has_no_tokens check (state <> 'dead' or (access_token is null and refresh_token is null and client_secret is null));
update grants set authorised_at = created_at;
create index grants_next_check on grants (connector_id, next_check_at) where state <> 'dead';

-- Deliveries of Zoom and CloudLink that were accepted: only what is needed to know whom to read again, never the body.
-- Looked up before a connector is known, so the provider's own id of the delivery leads the key.
create table webhook_deliveries (
  provider      text        not null,
  dedupe_key    text        not null,                                 -- stays the same when the provider sends again
  event         text        not null,
  account_id    text,
  subject_id    text,                                                 -- the user whom it is about
  occurred_at   timestamptz,
  received_at   timestamptz not null default now(),
  processed_at  timestamptz,
  outcome       text,
  constraint webhook_deliveries_pkey primary key (provider, dedupe_key),
  constraint webhook_deliveries_provider_check check (provider in ('zoom', 'cloudlink'))
);
create index webhook_deliveries_received on webhook_deliveries (received_at);

create table cloudlink_subscriptions (
  connector_id     uuid        not null,
  subscription_id  text        not null,
  topic            text        not null,
  created_at       timestamptz not null default now(),
  checked_at       timestamptz not null default now(),
  constraint cloudlink_subscriptions_pkey primary key (connector_id, subscription_id),
  constraint cloudlink_subscriptions_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade
);

-- What people are told. A row is written in the transaction that makes it true.
create table alerts (
  connector_id  uuid        not null,
  alert_id      uuid        not null,
  kind          text        not null,
  provider      text,
  grant_id      uuid,
  reason        text,
  details       jsonb       not null default '{}',
  at            timestamptz not null default now(),
  constraint alerts_pkey primary key (connector_id, alert_id),
  constraint alerts_kind_check check (kind in ('grant.at_risk', 'grant.dead', 'grant.switched', 'connector.reauthorization_required', 'connector.recovered', 'connector.disconnected')),
  constraint alerts_provider_check check (provider in ('zoom', 'cloudlink')),
  constraint alerts_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade
);
create index alerts_newest on alerts (connector_id, at desc, alert_id desc);

create table alert_webhooks (
  connector_id  uuid        not null,
  webhook_id    uuid        not null,
  url           text        not null,
  secret        bytea       not null,                                 -- encrypted with the connector's data key
  created_at    timestamptz not null default now(),
  constraint alert_webhooks_pkey primary key (connector_id, webhook_id),
  constraint alert_webhooks_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade
);

-- One row per alert and place it goes to.
create table alert_deliveries (
  connector_id  uuid        not null,
  alert_id      uuid        not null,
  delivery_id   uuid        not null,
  channel       text        not null,
  destination   text        not null,                                 -- address, webhook id, or "operator"
  set_by        text        not null default 'connector',             -- the operator's addresses are not shown to a connector
  state         text        not null default 'pending',
  attempts      integer     not null default 0,
  last_error    text,
  updated_at    timestamptz not null default now(),
  constraint alert_deliveries_pkey primary key (connector_id, alert_id, delivery_id),
  constraint alert_deliveries_once unique (connector_id, alert_id, channel, destination),
  constraint alert_deliveries_channel_check check (channel in ('webhook', 'email')),
  constraint alert_deliveries_set_by_check check (set_by in ('operator', 'connector')),
  constraint alert_deliveries_state_check check (state in ('pending', 'delivered', 'dead')),
  constraint alert_deliveries_alert_fkey foreign key (connector_id, alert_id) references alerts (connector_id, alert_id) on delete cascade
);

alter table audit_events
  add column zoom_tracking_id      text,                              -- x-zm-trackingid of the last answer it rests on
  add column mitel_correlation_id  text;                              -- x-mitel-correlation-id, likewise

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit_events is append-only' using errcode = 'restrict_violation';
end
$$;
create trigger audit_events_append_only before update or delete on audit_events
  for each row execute function refuse_audit_change();
create trigger audit_events_no_truncate before truncate on audit_events
  for each statement execute function refuse_audit_change();
