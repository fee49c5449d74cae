-- With what an SBC of this connector may ask for pushes: one token, as a hash. The one before stays good until
-- previous_until, so that the SBC can be changed over without a gap.
create table push_tokens (
  connector_id    uuid         not null,
  token_hash      bytea        not null,
  previous_hash   bytea,
  previous_until  timestamptz,
  created_at      timestamptz  not null,
  constraint push_tokens_pkey primary key (connector_id),
  constraint push_tokens_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade,
  constraint push_tokens_previous_check check ((previous_hash is null) = (previous_until is null))
);

-- By what a device can be woken (RFC 8599), as its app reported. Only a keyed hash: the SBC brings the address along,
-- so what is here cannot wake anybody.
create table push_bindings (
  connector_id  uuid         not null,
  user_id       uuid         not null,
  device_id     text         not null,
  binding_hash  bytea        not null,
  reported_at   timestamptz  not null,
  constraint push_bindings_pkey primary key (connector_id, user_id, device_id),
  constraint push_bindings_registration_fkey foreign key (connector_id, user_id, device_id)
    references registrations (connector_id, user_id, device_id) on delete cascade
);
create index push_bindings_hash on push_bindings (connector_id, binding_hash);

-- Calls for which a push was sent of late: an SBC that asks again is answered without a second one. A keyed hash of call and device.
create table push_calls (
  connector_id  uuid         not null,
  call_hash     bytea        not null,
  at            timestamptz  not null,
  constraint push_calls_pkey primary key (connector_id, call_hash),
  constraint push_calls_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade
);
create index push_calls_at on push_calls (connector_id, at);
