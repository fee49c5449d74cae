-- When the next call of an account may leave, shared by all processes. Unlogged: a slot is worth nothing a second later,
-- and a crash of PostgreSQL may forget how long a provider wanted to be left alone; without WAL a lease needs no flush.
create unlogged table rate_slots (
  provider      text        not null,
  account       text        not null,
  rate_class    text        not null,
  next_slot     timestamptz not null,
  granted       integer     not null,
  day           date        not null,
  used          integer     not null,
  closed_until  timestamptz,
  constraint rate_slots_pkey primary key (provider, account, rate_class)
) with (fillfactor = 50);

-- A row exists only while an account is in trouble.
create table provider_breakers (
  provider    text        not null,
  account     text        not null,
  state       text        not null,
  failures    integer     not null,
  openings    integer     not null,
  until       timestamptz,
  changed_at  timestamptz not null default now(),
  constraint provider_breakers_pkey primary key (provider, account),
  constraint provider_breakers_state_check check (state in ('closed', 'open', 'half_open'))
);
