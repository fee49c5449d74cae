-- The OAuth authorization server for Zoom's cloud (docs/decisions/0015).

-- Zoom's cloud as a client: one row for all customers, because its marketplace app is one. What it may reach is decided
-- per authorization.
create table marketplace_clients (
  client_id text not null,
  name text not null,
  secret_hash bytea not null,
  scope text not null,
  redirect_uris text[] not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  constraint marketplace_clients_pkey primary key (client_id),
  constraint marketplace_clients_redirect_check check (cardinality(redirect_uris) > 0)
);

-- What an admin has allowed such a client: the family of all codes and tokens that come from one press of the button.
create table authorizations (
  connector_id uuid not null,
  authorization_id uuid not null,
  client_id text not null,
  scope text not null,
  account_id text not null,
  subject_id text not null,
  subject_email text not null default '',
  created_at timestamptz not null,
  ended_at timestamptz,
  end_reason text,
  constraint authorizations_pkey primary key (connector_id, authorization_id),
  -- Looked up before the connector is known: a refresh token names only the authorization.
  constraint authorizations_authorization_id_key unique (authorization_id),
  constraint authorizations_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade,
  constraint authorizations_client_fkey foreign key (client_id) references marketplace_clients (client_id),
  constraint authorizations_end_check check ((ended_at is null) = (end_reason is null))
);
create index authorizations_live on authorizations (client_id) where ended_at is null;

-- What oidc-provider stores: sessions, interactions, codes, refresh tokens, grants. Ids are kept as hashes, contents sealed.
create table oauth_artifacts (
  id_hash bytea not null,
  model text not null,
  authorization_id uuid,
  uid_hash bytea,
  payload bytea not null,
  consumed_at timestamptz,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint oauth_artifacts_pkey primary key (id_hash),
  constraint oauth_artifacts_authorization_fkey foreign key (authorization_id)
    references authorizations (authorization_id) on delete cascade
);
create index oauth_artifacts_authorization on oauth_artifacts (authorization_id) where authorization_id is not null;
create index oauth_artifacts_uid on oauth_artifacts (uid_hash) where uid_hash is not null;
create index oauth_artifacts_expiry on oauth_artifacts (expires_at);

-- Access tokens that were revoked one by one (RFC 7009), until they would have expired anyway.
create table revoked_tokens (
  connector_id uuid not null,
  jti text not null,
  expires_at timestamptz not null,
  constraint revoked_tokens_pkey primary key (connector_id, jti),
  constraint revoked_tokens_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade
);
create index revoked_tokens_expiry on revoked_tokens (expires_at);

-- The sign-in at CloudLink that an authorization waits for; sealed, because its id is a cookie's value.
alter table oauth_attempts add column interaction bytea;

-- A new key is published before it signs, so that whoever keeps the key set in a cache knows it by then.
alter table signing_keys add column signs_from timestamptz;
update signing_keys set signs_from = created_at;
alter table signing_keys alter column signs_from set not null, alter column signs_from set default now();
