-- How many users had which status, every five minutes, for the chart over time. Nothing of who they are.
create table status_counts (
  connector_id  uuid         not null,
  at            timestamptz  not null,  -- begin of the five minutes
  pending       integer      not null,
  inactive      integer      not null,
  registered    integer      not null,
  sip_error     integer      not null,
  constraint status_counts_pkey primary key (connector_id, at),
  constraint status_counts_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade
);
