-- Who changed and in what, for callers that follow a connector instead of reading all of its users again and again.

-- One row per connector: the last number that was given out. Whoever writes changes adds to it last of all and so holds
-- it until the commit, which makes the order of the numbers the order of the commits (decision 12).
create table change_feeds (
  connector_id   uuid    not null,
  last_position  bigint  not null default 0,
  purged_to      bigint  not null default 0,                          -- entries up to here may be gone
  cursor_key     uuid    not null default gen_random_uuid(),          -- cursors are signed with it
  constraint change_feeds_pkey primary key (connector_id),
  constraint change_feeds_purged_check check (purged_to <= last_position),
  constraint change_feeds_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade
);

-- Append-only until it is old. No foreign key: checked row by row it would cost as much as the rows, and whoever deletes
-- users deletes these too. kinds: 1 added (new or back), 2 removed, 4 identity (email or Zoom id), 8 credential, 16 targets.
create table user_changes (
  connector_id  uuid         not null,
  position      bigint       not null,
  user_id       uuid         not null,
  kinds         smallint     not null,
  at            timestamptz  not null,
  constraint user_changes_pkey primary key (connector_id, position),
  constraint user_changes_kinds_check check (kinds between 1 and 31)
);
create index user_changes_of_user on user_changes (connector_id, user_id, position);
