-- Where the desktop apps of a connector reach its PBX directly. The site is the one that CloudLink names for a user's PBX
-- (integrated_users.pbx_site); '' counts for users of every site.
create table onsite_networks (
  connector_id  uuid  not null,
  site          text  not null,
  network       cidr  not null,
  constraint onsite_networks_pkey primary key (connector_id, site, network),
  constraint onsite_networks_connector_fkey foreign key (connector_id) references connectors (connector_id) on delete cascade
);

-- Whether Zoom has given the user a Zoom Phone licence besides. null: not known; what we read of Zoom's users does not say it.
alter table integrated_users add column zoom_phone boolean;
