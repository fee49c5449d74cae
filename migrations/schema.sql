-- What migrations/ make of an empty database. Renewed by `npm run schema:dump`, compared by a test.

create table admin_sessions (
  connector_id uuid not null,
  session_id uuid not null,
  grant_id uuid not null,
  secret_hash bytea not null,
  browser_hash bytea not null,
  seen_at timestamp with time zone not null,
  looked_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint admin_sessions_pkey PRIMARY KEY (connector_id, session_id),
  constraint admin_sessions_grant_fkey FOREIGN KEY (connector_id, grant_id) REFERENCES grants(connector_id, grant_id) ON DELETE CASCADE
);
CREATE INDEX admin_sessions_browser ON public.admin_sessions USING btree (browser_hash);
CREATE INDEX admin_sessions_grant ON public.admin_sessions USING btree (connector_id, grant_id);
CREATE UNIQUE INDEX admin_sessions_secret ON public.admin_sessions USING btree (secret_hash);

create table alert_deliveries (
  connector_id uuid not null,
  alert_id uuid not null,
  delivery_id uuid not null,
  channel text not null,
  destination text not null,
  set_by text not null default 'connector'::text,
  state text not null default 'pending'::text,
  attempts integer not null default 0,
  last_error text,
  updated_at timestamp with time zone not null default now(),
  constraint alert_deliveries_once UNIQUE (connector_id, alert_id, channel, destination),
  constraint alert_deliveries_pkey PRIMARY KEY (connector_id, alert_id, delivery_id),
  constraint alert_deliveries_alert_fkey FOREIGN KEY (connector_id, alert_id) REFERENCES alerts(connector_id, alert_id) ON DELETE CASCADE,
  constraint alert_deliveries_channel_check CHECK ((channel = ANY (ARRAY['webhook'::text, 'email'::text]))),
  constraint alert_deliveries_set_by_check CHECK ((set_by = ANY (ARRAY['operator'::text, 'connector'::text]))),
  constraint alert_deliveries_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'delivered'::text, 'dead'::text])))
);

create table alert_webhooks (
  connector_id uuid not null,
  webhook_id uuid not null,
  url text not null,
  secret bytea not null,
  created_at timestamp with time zone not null default now(),
  constraint alert_webhooks_pkey PRIMARY KEY (connector_id, webhook_id),
  constraint alert_webhooks_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE
);

create table alerts (
  connector_id uuid not null,
  alert_id uuid not null,
  kind text not null,
  provider text,
  grant_id uuid,
  reason text,
  details jsonb not null default '{}'::jsonb,
  at timestamp with time zone not null default now(),
  constraint alerts_pkey PRIMARY KEY (connector_id, alert_id),
  constraint alerts_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE,
  constraint alerts_kind_check CHECK ((kind = ANY (ARRAY['grant.at_risk'::text, 'grant.dead'::text, 'grant.switched'::text, 'connector.reauthorization_required'::text, 'connector.recovered'::text, 'connector.disconnected'::text, 'target.certificate_expiring'::text]))),
  constraint alerts_provider_check CHECK ((provider = ANY (ARRAY['zoom'::text, 'cloudlink'::text])))
);
CREATE INDEX alerts_newest ON public.alerts USING btree (connector_id, at DESC, alert_id DESC);

create table api_clients (
  connector_id uuid not null,
  client_id text not null,
  name text not null default ''::text,
  secret_hash bytea not null,
  scope text not null,
  created_at timestamp with time zone not null default now(),
  revoked_at timestamp with time zone,
  constraint api_clients_client_id_key UNIQUE (client_id),
  constraint api_clients_pkey PRIMARY KEY (connector_id, client_id),
  constraint api_clients_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE
);

create table audit_events (
  connector_id uuid not null,
  event_id bigint not null generated always as identity,
  at timestamp with time zone not null default now(),
  actor_kind text not null,
  actor_id text not null,
  action text not null,
  subject text not null default ''::text,
  request_id text,
  address text,
  details jsonb not null default '{}'::jsonb,
  zoom_tracking_id text,
  mitel_correlation_id text,
  constraint audit_events_pkey PRIMARY KEY (connector_id, event_id),
  constraint audit_events_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['admin'::text, 'client'::text, 'system'::text, 'webhook'::text])))
);
CREATE TRIGGER audit_events_append_only BEFORE DELETE OR UPDATE ON public.audit_events FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_events_no_truncate BEFORE TRUNCATE ON public.audit_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

create table authorizations (
  connector_id uuid not null,
  authorization_id uuid not null,
  client_id text not null,
  scope text not null,
  account_id text not null,
  subject_id text not null,
  subject_email text not null default ''::text,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  end_reason text,
  constraint authorizations_authorization_id_key UNIQUE (authorization_id),
  constraint authorizations_pkey PRIMARY KEY (connector_id, authorization_id),
  constraint authorizations_client_fkey FOREIGN KEY (client_id) REFERENCES marketplace_clients(client_id),
  constraint authorizations_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE,
  constraint authorizations_end_check CHECK (((ended_at IS NULL) = (end_reason IS NULL)))
);
CREATE INDEX authorizations_live ON public.authorizations USING btree (client_id) WHERE (ended_at IS NULL);

create table certificate_warnings (
  connector_id uuid not null,
  fingerprint text not null,
  days integer not null,
  at timestamp with time zone not null,
  constraint certificate_warnings_pkey PRIMARY KEY (connector_id, fingerprint, days),
  constraint certificate_warnings_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE
);

create table change_feeds (
  connector_id uuid not null,
  last_position bigint not null default 0,
  purged_to bigint not null default 0,
  cursor_key uuid not null default gen_random_uuid(),
  constraint change_feeds_pkey PRIMARY KEY (connector_id),
  constraint change_feeds_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE,
  constraint change_feeds_purged_check CHECK ((purged_to <= last_position))
);

create table cloudlink_subscriptions (
  connector_id uuid not null,
  subscription_id text not null,
  topic text not null,
  created_at timestamp with time zone not null default now(),
  checked_at timestamp with time zone not null default now(),
  constraint cloudlink_subscriptions_pkey PRIMARY KEY (connector_id, subscription_id),
  constraint cloudlink_subscriptions_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE
);

create table connect_sessions (
  browser_hash bytea not null,
  connector_id uuid not null,
  expires_at timestamp with time zone not null,
  constraint connect_sessions_pkey PRIMARY KEY (browser_hash),
  constraint connect_sessions_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE
);
CREATE INDEX connect_sessions_expiry ON public.connect_sessions USING btree (expires_at);

create table connector_keys (
  connector_id uuid not null,
  data_key bytea not null,
  created_at timestamp with time zone not null default now(),
  constraint connector_keys_pkey PRIMARY KEY (connector_id),
  constraint connector_keys_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE
);

create table connectors (
  connector_id uuid not null,
  name text not null default ''::text,
  state text not null default 'pending'::text,
  state_reason text,
  state_since timestamp with time zone not null default now(),
  zoom_account_id text,
  cloudlink_account_id text,
  membership text not null default 'automatic'::text,
  next_sync_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  language text,
  alert_emails text[] not null default '{}'::text[],
  synced_at timestamp with time zone,
  zoom_deauthorised_at timestamp with time zone,
  removal_limit_percent integer,
  delta_from timestamp with time zone,
  delta_refused_at timestamp with time zone,
  delta_refused_reason text,
  next_full_sync_at timestamp with time zone,
  sync_interval_seconds integer,
  mobile_calling boolean not null default true,
  constraint connectors_cloudlink_account_id_key UNIQUE (cloudlink_account_id),
  constraint connectors_zoom_account_id_key UNIQUE (zoom_account_id),
  constraint connectors_pkey PRIMARY KEY (connector_id),
  constraint connectors_delta_refused_check CHECK (((delta_refused_at IS NULL) = (delta_refused_reason IS NULL))),
  constraint connectors_delta_refused_reason_check CHECK ((delta_refused_reason = ANY (ARRAY['refused'::text, 'ignored'::text, 'no_modified_on'::text]))),
  constraint connectors_language_check CHECK ((language = ANY (ARRAY['en'::text, 'de'::text]))),
  constraint connectors_membership_check CHECK ((membership = ANY (ARRAY['automatic'::text, 'chosen'::text]))),
  constraint connectors_removal_limit_check CHECK (((removal_limit_percent >= 0) AND (removal_limit_percent <= 50))),
  constraint connectors_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'active'::text, 'reauthorization_required'::text, 'disconnected'::text]))),
  constraint connectors_sync_interval_check CHECK (((sync_interval_seconds >= 300) AND (sync_interval_seconds <= 86400)))
);

create table grants (
  connector_id uuid not null,
  grant_id uuid not null,
  provider text not null,
  state text not null,
  account_id text not null,
  subject_id text not null,
  subject_email text not null default ''::text,
  subject_role text not null default ''::text,
  scope text not null default ''::text,
  access_token bytea,
  refresh_token bytea,
  expires_at timestamp with time zone,
  dead_reason text,
  dead_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  refreshed_at timestamp with time zone,
  updated_at timestamp with time zone not null default now(),
  kind text not null default 'admin'::text,
  client_id text,
  client_account text,
  client_secret bytea,
  at_risk_reason text,
  at_risk_since timestamp with time zone,
  authorised_at timestamp with time zone not null default now(),
  checked_at timestamp with time zone,
  next_check_at timestamp with time zone not null default now(),
  constraint grants_pkey PRIMARY KEY (connector_id, grant_id),
  constraint grants_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE,
  constraint grants_dead_has_no_tokens CHECK (((state <> 'dead'::text) OR ((access_token IS NULL) AND (refresh_token IS NULL) AND (client_secret IS NULL)))),
  constraint grants_kind_check CHECK ((kind = ANY (ARRAY['admin'::text, 'service_client'::text]))),
  constraint grants_provider_check CHECK ((provider = ANY (ARRAY['zoom'::text, 'cloudlink'::text]))),
  constraint grants_risk_check CHECK (((at_risk_reason IS NULL) = (at_risk_since IS NULL))),
  constraint grants_state_check CHECK ((state = ANY (ARRAY['active'::text, 'standby'::text, 'dead'::text])))
);
CREATE INDEX grants_next_check ON public.grants USING btree (connector_id, next_check_at) WHERE (state <> 'dead'::text);
CREATE UNIQUE INDEX grants_one_active ON public.grants USING btree (connector_id, provider) WHERE (state = 'active'::text);
CREATE UNIQUE INDEX grants_one_per_subject ON public.grants USING btree (connector_id, provider, subject_id) WHERE (state <> 'dead'::text);

create table integrated_users (
  connector_id uuid not null,
  user_id uuid not null,
  email text not null,
  display_name text not null default ''::text,
  zoom_user_id text,
  zoom_status text,
  cloudlink_user_id text,
  extension text,
  pbx_type text,
  pbx_site text,
  licences jsonb not null default '{}'::jsonb,
  membership text not null default 'automatic'::text,
  credential_state text not null default 'none'::text,
  status text not null default 'pending'::text,
  status_since timestamp with time zone not null default now(),
  status_expires_at timestamp with time zone,
  fingerprint bytea,
  synced_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  removed_at timestamp with time zone,
  missing_since timestamp with time zone,
  missing_run_id uuid,
  zoom_phone boolean,
  chosen_at timestamp with time zone,
  has_zoom_name boolean not null default false,
  constraint integrated_users_email_key UNIQUE (connector_id, email),
  constraint integrated_users_pkey PRIMARY KEY (connector_id, user_id),
  constraint integrated_users_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE,
  constraint integrated_users_credential_state_check CHECK ((credential_state = ANY (ARRAY['none'::text, 'ready'::text, 'revoked'::text]))),
  constraint integrated_users_membership_check CHECK ((membership = ANY (ARRAY['automatic'::text, 'chosen'::text]))),
  constraint integrated_users_missing_check CHECK (((missing_since IS NULL) = (missing_run_id IS NULL))),
  constraint integrated_users_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'inactive'::text, 'registered'::text, 'sip_error'::text, 'removed'::text]))),
  constraint integrated_users_zoom_status_check CHECK ((zoom_status = ANY (ARRAY['active'::text, 'inactive'::text, 'pending'::text])))
);
CREATE INDEX integrated_users_cloudlink_user_id ON public.integrated_users USING btree (connector_id, cloudlink_user_id);
CREATE INDEX integrated_users_missing ON public.integrated_users USING btree (connector_id, email) WHERE (missing_since IS NOT NULL);
CREATE INDEX integrated_users_status_due ON public.integrated_users USING btree (connector_id, status_expires_at) WHERE (status_expires_at IS NOT NULL);
CREATE INDEX integrated_users_status_email ON public.integrated_users USING btree (connector_id, status, email);
CREATE UNIQUE INDEX integrated_users_zoom_user_id_key ON public.integrated_users USING btree (connector_id, zoom_user_id) WHERE (zoom_user_id IS NOT NULL);
CREATE TRIGGER integrated_users_forget_zoom_phone BEFORE UPDATE OF zoom_user_id ON public.integrated_users FOR EACH ROW WHEN (((old.zoom_phone IS NOT NULL) AND (old.zoom_user_id IS DISTINCT FROM new.zoom_user_id))) EXECUTE FUNCTION forget_zoom_phone();
CREATE TRIGGER integrated_users_log_status AFTER UPDATE ON public.integrated_users REFERENCING OLD TABLE AS old_users NEW TABLE AS new_users FOR EACH STATEMENT EXECUTE FUNCTION log_status_transitions();

create table marketplace_clients (
  client_id text not null,
  name text not null,
  secret_hash bytea not null,
  scope text not null,
  redirect_uris text[] not null,
  created_at timestamp with time zone not null default now(),
  revoked_at timestamp with time zone,
  constraint marketplace_clients_pkey PRIMARY KEY (client_id),
  constraint marketplace_clients_redirect_check CHECK ((cardinality(redirect_uris) > 0))
);

create table oauth_artifacts (
  id_hash bytea not null,
  model text not null,
  authorization_id uuid,
  uid_hash bytea,
  payload bytea not null,
  consumed_at timestamp with time zone,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint oauth_artifacts_pkey PRIMARY KEY (id_hash),
  constraint oauth_artifacts_authorization_fkey FOREIGN KEY (authorization_id) REFERENCES authorizations(authorization_id) ON DELETE CASCADE
);
CREATE INDEX oauth_artifacts_authorization ON public.oauth_artifacts USING btree (authorization_id) WHERE (authorization_id IS NOT NULL);
CREATE INDEX oauth_artifacts_expiry ON public.oauth_artifacts USING btree (expires_at);
CREATE INDEX oauth_artifacts_uid ON public.oauth_artifacts USING btree (uid_hash) WHERE (uid_hash IS NOT NULL);

create table oauth_attempts (
  state_hash bytea not null,
  provider text not null,
  browser_hash bytea not null,
  connector_id uuid,
  code_verifier bytea,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  interaction bytea,
  to_console boolean not null default false,
  constraint oauth_attempts_pkey PRIMARY KEY (state_hash),
  constraint oauth_attempts_provider_check CHECK ((provider = ANY (ARRAY['zoom'::text, 'cloudlink'::text])))
);
CREATE INDEX oauth_attempts_expiry ON public.oauth_attempts USING btree (expires_at);

create table onsite_networks (
  connector_id uuid not null,
  site text not null,
  network cidr not null,
  constraint onsite_networks_pkey PRIMARY KEY (connector_id, site, network),
  constraint onsite_networks_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE
);

create table provider_breakers (
  provider text not null,
  account text not null,
  state text not null,
  failures integer not null,
  openings integer not null,
  until timestamp with time zone,
  changed_at timestamp with time zone not null default now(),
  constraint provider_breakers_pkey PRIMARY KEY (provider, account),
  constraint provider_breakers_state_check CHECK ((state = ANY (ARRAY['closed'::text, 'open'::text, 'half_open'::text])))
);

create table push_bindings (
  connector_id uuid not null,
  user_id uuid not null,
  device_id text not null,
  binding_hash bytea not null,
  reported_at timestamp with time zone not null,
  constraint push_bindings_pkey PRIMARY KEY (connector_id, user_id, device_id),
  constraint push_bindings_registration_fkey FOREIGN KEY (connector_id, user_id, device_id) REFERENCES registrations(connector_id, user_id, device_id) ON DELETE CASCADE
);
CREATE INDEX push_bindings_hash ON public.push_bindings USING btree (connector_id, binding_hash);

create table push_calls (
  connector_id uuid not null,
  call_hash bytea not null,
  at timestamp with time zone not null,
  constraint push_calls_pkey PRIMARY KEY (connector_id, call_hash),
  constraint push_calls_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE
);
CREATE INDEX push_calls_at ON public.push_calls USING btree (connector_id, at);

create table push_tokens (
  connector_id uuid not null,
  token_hash bytea not null,
  previous_hash bytea,
  previous_until timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint push_tokens_pkey PRIMARY KEY (connector_id),
  constraint push_tokens_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE,
  constraint push_tokens_previous_check CHECK (((previous_hash IS NULL) = (previous_until IS NULL)))
);

create table queue_workers (
  name text not null,
  seen_at timestamp with time zone not null,
  constraint queue_workers_pkey PRIMARY KEY (name)
);

create table rate_slots (
  provider text not null,
  account text not null,
  rate_class text not null,
  next_slot timestamp with time zone not null,
  granted integer not null,
  day date not null,
  used integer not null,
  closed_until timestamp with time zone,
  constraint rate_slots_pkey PRIMARY KEY (provider, account, rate_class)
);

create table registrar_checks (
  connector_id uuid not null,
  user_id uuid not null,
  at timestamp with time zone not null,
  cause text not null,
  result text not null,
  code integer,
  phrase text,
  retry_after integer,
  target jsonb,
  bindings jsonb not null default '[]'::jsonb,
  offered text[] not null default '{}'::text[],
  attempts jsonb not null default '[]'::jsonb,
  result_since timestamp with time zone not null,
  constraint registrar_checks_pkey PRIMARY KEY (connector_id, user_id),
  constraint registrar_checks_user_fkey FOREIGN KEY (connector_id, user_id) REFERENCES integrated_users(connector_id, user_id) ON DELETE CASCADE,
  constraint registrar_checks_cause_check CHECK ((cause = ANY (ARRAY['sweep'::text, 'manual'::text])))
);
CREATE INDEX registrar_checks_result ON public.registrar_checks USING btree (connector_id, result);

create table registrar_sweeps (
  connector_id uuid not null,
  enabled boolean not null,
  per_minute integer not null,
  last_user_id uuid,
  round_started_at timestamp with time zone,
  round_ended_at timestamp with time zone,
  constraint registrar_sweeps_pkey PRIMARY KEY (connector_id),
  constraint registrar_sweeps_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE,
  constraint registrar_sweeps_per_minute_check CHECK (((per_minute >= 1) AND (per_minute <= 60)))
);

create table registrar_turns (
  connector_id uuid not null,
  user_id uuid not null,
  asked_at timestamp with time zone not null,
  constraint registrar_turns_pkey PRIMARY KEY (connector_id, user_id),
  constraint registrar_turns_user_fkey FOREIGN KEY (connector_id, user_id) REFERENCES integrated_users(connector_id, user_id) ON DELETE CASCADE
);

create table registration_targets (
  connector_id uuid not null,
  target_id uuid not null,
  role text not null,
  host text not null,
  port integer not null,
  transport text not null,
  users integer not null,
  listed_at timestamp with time zone not null,
  state text not null default 'unknown'::text,
  reason text,
  since timestamp with time zone,
  checked_at timestamp with time zone,
  seen jsonb not null default '{}'::jsonb,
  asked_at timestamp with time zone,
  constraint registration_targets_once UNIQUE (connector_id, role, host, port, transport),
  constraint registration_targets_pkey PRIMARY KEY (connector_id, target_id),
  constraint registration_targets_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE,
  constraint registration_targets_role_check CHECK ((role = ANY (ARRAY['sbc'::text, 'backup_sbc'::text, 'pbx'::text]))),
  constraint registration_targets_state_check CHECK ((state = ANY (ARRAY['ok'::text, 'degraded'::text, 'down'::text, 'unknown'::text]))),
  constraint registration_targets_transport_check CHECK ((transport = ANY (ARRAY['tls'::text, 'tcp'::text, 'udp'::text])))
);

create table registrations (
  connector_id uuid not null,
  user_id uuid not null,
  device_id text not null,
  platform text not null,
  outcome text not null,
  app_version text,
  target jsonb,
  sip_code integer,
  sip_reason text,
  sip_source text,
  since timestamp with time zone not null,
  reported_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  sequence bigint,
  constraint registrations_pkey PRIMARY KEY (connector_id, user_id, device_id),
  constraint registrations_user_fkey FOREIGN KEY (connector_id, user_id) REFERENCES integrated_users(connector_id, user_id) ON DELETE CASCADE,
  constraint registrations_outcome_check CHECK ((outcome = ANY (ARRAY['registered'::text, 'failed'::text, 'unregistered'::text]))),
  constraint registrations_platform_check CHECK ((platform = ANY (ARRAY['desktop'::text, 'mobile'::text]))),
  constraint registrations_sip_source_check CHECK ((sip_source = ANY (ARRAY['registrar'::text, 'client'::text, 'network'::text])))
);

create table revoked_tokens (
  connector_id uuid not null,
  jti text not null,
  expires_at timestamp with time zone not null,
  constraint revoked_tokens_pkey PRIMARY KEY (connector_id, jti),
  constraint revoked_tokens_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE
);
CREATE INDEX revoked_tokens_expiry ON public.revoked_tokens USING btree (expires_at);

create table signing_keys (
  kid text not null,
  algorithm text not null,
  private_jwk bytea not null,
  created_at timestamp with time zone not null default now(),
  retired_at timestamp with time zone,
  signs_from timestamp with time zone not null default now(),
  constraint signing_keys_pkey PRIMARY KEY (kid)
);

create table sip_credentials (
  connector_id uuid not null,
  user_id uuid not null,
  user_name text not null,
  auth_user_name text not null,
  realm text not null,
  md5_ha1 bytea,
  sha256_ha1 bytea,
  targets jsonb not null,
  synced_at timestamp with time zone not null default now(),
  constraint sip_credentials_pkey PRIMARY KEY (connector_id, user_id),
  constraint sip_credentials_user_fkey FOREIGN KEY (connector_id, user_id) REFERENCES integrated_users(connector_id, user_id) ON DELETE CASCADE,
  constraint sip_credentials_has_a_hash CHECK (((md5_ha1 IS NOT NULL) OR (sha256_ha1 IS NOT NULL)))
);

create table status_counts (
  connector_id uuid not null,
  at timestamp with time zone not null,
  pending integer not null,
  inactive integer not null,
  registered integer not null,
  sip_error integer not null,
  constraint status_counts_pkey PRIMARY KEY (connector_id, at),
  constraint status_counts_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE
);

create table status_feeds (
  connector_id uuid not null,
  last_position bigint not null default 0,
  constraint status_feeds_pkey PRIMARY KEY (connector_id),
  constraint status_feeds_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE
);

create table status_transitions (
  connector_id uuid not null,
  "position" bigint not null,
  user_id uuid not null,
  previous text not null,
  status text not null,
  at timestamp with time zone not null,
  platform text,
  sip_code integer,
  sip_reason text,
  sip_source text,
  constraint status_transitions_pkey PRIMARY KEY (connector_id, "position")
);
CREATE INDEX status_transitions_of_user ON public.status_transitions USING btree (connector_id, user_id, "position");

create table sync_problems (
  connector_id uuid not null,
  run_id uuid not null,
  problem_id bigint not null generated always as identity,
  code text not null,
  email text,
  cloudlink_user_id text,
  field text,
  detail text not null,
  created_at timestamp with time zone not null default now(),
  constraint sync_problems_pkey PRIMARY KEY (connector_id, run_id, problem_id),
  constraint sync_problems_run_fkey FOREIGN KEY (connector_id, run_id) REFERENCES sync_runs(connector_id, run_id) ON DELETE CASCADE
);

create table sync_run_claims (
  connector_id uuid not null,
  run_id uuid not null,
  email text not null,
  cloudlink_user_id text not null,
  constraint sync_run_claims_pkey PRIMARY KEY (connector_id, run_id, email),
  constraint sync_run_claims_run_fkey FOREIGN KEY (connector_id, run_id) REFERENCES sync_runs(connector_id, run_id) ON DELETE CASCADE
);

create table sync_run_seen (
  connector_id uuid not null,
  run_id uuid not null,
  page bigint not null generated always as identity,
  emails text[] not null,
  constraint sync_run_seen_pkey PRIMARY KEY (connector_id, run_id, page),
  constraint sync_run_seen_run_fkey FOREIGN KEY (connector_id, run_id) REFERENCES sync_runs(connector_id, run_id) ON DELETE CASCADE
);

create table sync_run_zoom_news (
  connector_id uuid not null,
  run_id uuid not null,
  email text not null,
  zoom_user_id text,
  zoom_status text,
  display_name text not null default ''::text,
  is_told boolean not null default false,
  constraint sync_run_zoom_news_pkey PRIMARY KEY (connector_id, run_id, email)
);

create table sync_run_zoom_pages (
  connector_id uuid not null,
  run_id uuid not null,
  page bigint not null generated always as identity,
  zoom_status text not null,
  emails text[] not null,
  zoom_user_ids text[] not null,
  display_names text[] not null,
  constraint sync_run_zoom_pages_pkey PRIMARY KEY (connector_id, run_id, page)
);

create table sync_runs (
  connector_id uuid not null,
  run_id uuid not null,
  trigger text not null,
  state text not null default 'queued'::text,
  phase text not null default 'zoom_users'::text,
  checkpoint jsonb not null default '{}'::jsonb,
  read_count integer not null default 0,
  created_count integer not null default 0,
  updated_count integer not null default 0,
  unchanged_count integer not null default 0,
  removed_count integer not null default 0,
  problem_count integer not null default 0,
  missing_count integer not null default 0,
  attempts integer not null default 0,
  lease_owner text,
  error_code text,
  error_detail text,
  created_at timestamp with time zone not null default now(),
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  phase_started_at timestamp with time zone,
  zoom_read_count integer not null default 0,
  hint_count integer not null default 0,
  mode text not null default 'full'::text,
  constraint sync_runs_pkey PRIMARY KEY (connector_id, run_id),
  constraint sync_runs_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE,
  constraint sync_runs_mode_check CHECK ((mode = ANY (ARRAY['full'::text, 'delta'::text]))),
  constraint sync_runs_phase_check CHECK ((phase = ANY (ARRAY['zoom_users'::text, 'cloudlink_users'::text, 'removal'::text, 'done'::text]))),
  constraint sync_runs_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'succeeded'::text, 'failed'::text, 'awaiting_approval'::text]))),
  constraint sync_runs_trigger_check CHECK ((trigger = ANY (ARRAY['connect'::text, 'manual'::text, 'schedule'::text])))
);
CREATE INDEX sync_runs_newest ON public.sync_runs USING btree (connector_id, created_at DESC, run_id DESC);
CREATE UNIQUE INDEX sync_runs_one_open ON public.sync_runs USING btree (connector_id) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));

create table target_probes (
  connector_id uuid not null,
  target_id uuid not null,
  at timestamp with time zone not null,
  probe_id bigint not null generated always as identity,
  cause text not null,
  state text not null,
  reason text,
  dns_ms real,
  tcp_ms real,
  tls_ms real,
  sip_ms real,
  sip_code integer,
  error_code text,
  constraint target_probes_pkey PRIMARY KEY (connector_id, target_id, at, probe_id),
  constraint target_probes_target_fkey FOREIGN KEY (connector_id, target_id) REFERENCES registration_targets(connector_id, target_id) ON DELETE CASCADE,
  constraint target_probes_cause_check CHECK ((cause = ANY (ARRAY['schedule'::text, 'manual'::text])))
);

create table target_rounds (
  connector_id uuid not null,
  next_round_at timestamp with time zone not null,
  constraint target_rounds_pkey PRIMARY KEY (connector_id),
  constraint target_rounds_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE
);

create table trusted_authorities (
  connector_id uuid not null,
  pem text not null,
  changed_at timestamp with time zone not null,
  constraint trusted_authorities_pkey PRIMARY KEY (connector_id),
  constraint trusted_authorities_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE
);

create table user_changes (
  connector_id uuid not null,
  "position" bigint not null,
  user_id uuid not null,
  kinds smallint not null,
  at timestamp with time zone not null,
  constraint user_changes_pkey PRIMARY KEY (connector_id, "position"),
  constraint user_changes_kinds_check CHECK (((kinds >= 1) AND (kinds <= 31)))
);
CREATE INDEX user_changes_of_user ON public.user_changes USING btree (connector_id, user_id, "position");

create table webhook_deliveries (
  provider text not null,
  dedupe_key text not null,
  event text not null,
  account_id text,
  subject_id text,
  occurred_at timestamp with time zone,
  received_at timestamp with time zone not null default now(),
  processed_at timestamp with time zone,
  outcome text,
  constraint webhook_deliveries_pkey PRIMARY KEY (provider, dedupe_key),
  constraint webhook_deliveries_provider_check CHECK ((provider = ANY (ARRAY['zoom'::text, 'cloudlink'::text])))
);
CREATE INDEX webhook_deliveries_received ON public.webhook_deliveries USING btree (received_at);
CREATE INDEX webhook_deliveries_waiting ON public.webhook_deliveries USING btree (provider, account_id, subject_id) WHERE (processed_at IS NULL);

create table zoom_phone_listings (
  connector_id uuid not null,
  next_at timestamp with time zone not null default now(),
  begun_at timestamp with time zone,
  owner text,
  attempts integer not null default 0,
  checkpoint jsonb not null default '{}'::jsonb,
  answer text,
  answered_at timestamp with time zone,
  answer_since timestamp with time zone,
  failure_code text,
  failed_since timestamp with time zone,
  constraint zoom_phone_listings_pkey PRIMARY KEY (connector_id),
  constraint zoom_phone_listings_connector_fkey FOREIGN KEY (connector_id) REFERENCES connectors(connector_id) ON DELETE CASCADE,
  constraint zoom_phone_listings_answer_check CHECK ((answer = ANY (ARRAY['listed'::text, 'not_enabled'::text, 'scope_missing'::text]))),
  constraint zoom_phone_listings_answered_check CHECK ((((answer IS NULL) = (answered_at IS NULL)) AND ((answer IS NULL) = (answer_since IS NULL)))),
  constraint zoom_phone_listings_failed_check CHECK (((failure_code IS NULL) = (failed_since IS NULL)))
);

create table zoom_phone_pages (
  connector_id uuid not null,
  page integer not null,
  keys text[] not null,
  constraint zoom_phone_pages_pkey PRIMARY KEY (connector_id, page),
  constraint zoom_phone_pages_listing_fkey FOREIGN KEY (connector_id) REFERENCES zoom_phone_listings(connector_id) ON DELETE CASCADE
);
