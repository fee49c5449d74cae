-- What we see of the places that users register with, by looking ourselves.
-- The targets of a connector, each once, as its users' credentials name them now.
create table registration_targets (
  connector_id  uuid        not null,
  target_id     uuid        not null,
  role          text        not null,
  host          text        not null,
  port          integer     not null,
  transport     text        not null,
  users         integer     not null,
  listed_at     timestamptz not null,
  state         text        not null default 'unknown',
  reason        text,
  since         timestamptz,
  checked_at    timestamptz,
  seen          jsonb       not null default '{}',
  asked_at      timestamptz,
  constraint registration_targets_pkey primary key (connector_id, target_id),
  constraint registration_targets_once unique (connector_id, role, host, port, transport),
  constraint registration_targets_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade,
  constraint registration_targets_role_check check (role in ('sbc', 'backup_sbc', 'pbx')),
  constraint registration_targets_transport_check check (transport in ('tls', 'tcp', 'udp')),
  constraint registration_targets_state_check check (state in ('ok', 'degraded', 'down', 'unknown'))
);

-- Every look at a target. Led by its time, so that the old ones of a target are found without an index of their own.
create table target_probes (
  connector_id  uuid        not null,
  target_id     uuid        not null,
  at            timestamptz not null,
  probe_id      bigint      generated always as identity,
  cause         text        not null,
  state         text        not null,
  reason        text,
  dns_ms        real,
  tcp_ms        real,
  tls_ms        real,
  sip_ms        real,
  sip_code      integer,
  error_code    text,
  constraint target_probes_pkey primary key (connector_id, target_id, at, probe_id),
  constraint target_probes_target_fkey foreign key (connector_id, target_id)
    references registration_targets (connector_id, target_id) on delete cascade,
  constraint target_probes_cause_check check (cause in ('schedule', 'manual'))
);

-- When the targets of a connector are looked at next.
create table target_rounds (
  connector_id   uuid        not null,
  next_round_at  timestamptz not null,
  constraint target_rounds_pkey primary key (connector_id),
  constraint target_rounds_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade
);

-- Which certificates people have been warned of, at how many days before their end: once each, on however many targets.
create table certificate_warnings (
  connector_id  uuid        not null,
  fingerprint   text        not null,
  days          integer     not null,
  at            timestamptz not null,
  constraint certificate_warnings_pkey primary key (connector_id, fingerprint, days),
  constraint certificate_warnings_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade
);

-- Authorities that a connector trusts for its targets besides the public ones. Certificates only: nothing secret.
create table trusted_authorities (
  connector_id  uuid        not null,
  pem           text        not null,
  changed_at    timestamptz not null,
  constraint trusted_authorities_pkey primary key (connector_id),
  constraint trusted_authorities_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade
);

-- What a registrar has said to the hash of each user, the last time that it was asked.
create table registrar_checks (
  connector_id  uuid        not null,
  user_id       uuid        not null,
  at            timestamptz not null,
  cause         text        not null,
  result        text        not null,
  code          integer,
  phrase        text,
  retry_after   integer,
  target        jsonb,
  bindings      jsonb       not null default '[]',
  offered       text[]      not null default '{}',
  attempts      jsonb       not null default '[]',
  result_since  timestamptz not null,
  constraint registrar_checks_pkey primary key (connector_id, user_id),
  constraint registrar_checks_user_fkey foreign key (connector_id, user_id) references integrated_users (connector_id, user_id) on delete cascade,
  constraint registrar_checks_cause_check check (cause in ('sweep', 'manual'))
);
create index registrar_checks_result on registrar_checks (connector_id, result);

-- Who may be asked next by hand, per user, so that nobody makes an SBC ban us.
create table registrar_turns (
  connector_id  uuid        not null,
  user_id       uuid        not null,
  asked_at      timestamptz not null,
  constraint registrar_turns_pkey primary key (connector_id, user_id),
  constraint registrar_turns_user_fkey foreign key (connector_id, user_id) references integrated_users (connector_id, user_id) on delete cascade
);

-- The slow walk through all users of a connector, where an admin has switched it on. `last_user_id`: where it is.
create table registrar_sweeps (
  connector_id        uuid        not null,
  enabled             boolean     not null,
  per_minute          integer     not null,
  last_user_id        uuid,
  round_started_at    timestamptz,
  round_ended_at      timestamptz,
  constraint registrar_sweeps_pkey primary key (connector_id),
  constraint registrar_sweeps_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade,
  constraint registrar_sweeps_per_minute_check check (per_minute between 1 and 60)
);

alter table alerts drop constraint alerts_kind_check;
alter table alerts add constraint alerts_kind_check check (kind in (
  'grant.at_risk', 'grant.dead', 'grant.switched', 'connector.reauthorization_required', 'connector.recovered',
  'connector.disconnected', 'target.certificate_expiring'));
