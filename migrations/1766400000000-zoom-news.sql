-- In the order in which the removal takes them.
lock table integrated_users, sync_run_zoom_users in access exclusive mode;

-- Of Zoom's list a run keeps those users alone whose row does not say the same. The table gets a new name with its new
-- meaning, so that a worker of an earlier version cannot take the others for gone.
alter table sync_run_zoom_users rename to sync_run_zoom_news;
alter table sync_run_zoom_news rename constraint sync_run_zoom_users_pkey to sync_run_zoom_news_pkey;
-- null: Zoom does not list the email at all.
alter table sync_run_zoom_news alter column zoom_status drop not null;
-- By a webhook, which is newer than the list.
alter table sync_run_zoom_news add column is_told boolean not null default false;

-- Zoom's list, page by page, until it is whole and can be compared with the rows of our users.
create table sync_run_zoom_pages (
  connector_id   uuid    not null,
  run_id         uuid    not null,
  page           bigint  not null generated always as identity,
  zoom_status    text    not null,
  emails         text[]  not null,
  zoom_user_ids  text[]  not null,
  display_names  text[]  not null,
  constraint sync_run_zoom_pages_pkey primary key (connector_id, run_id, page)
);
-- Written and read once: to compress them costs more than it saves.
alter table sync_run_zoom_pages
  alter column emails set storage external,
  alter column zoom_user_ids set storage external,
  alter column display_names set storage external;

-- Runs that have read Zoom's list already: whom they do not have was not listed.
insert into sync_run_zoom_news (connector_id, run_id, email)
select r.connector_id, r.run_id, u.email
from sync_runs r
join integrated_users u on u.connector_id = r.connector_id and u.status <> 'removed' and u.zoom_status is not null
where r.state in ('running', 'awaiting_approval') and r.mode = 'full' and r.phase <> 'zoom_users'
on conflict (connector_id, run_id, email) do nothing;

-- Whose name is Zoom's, because CloudLink has none: only of them it matters when Zoom changes it.
alter table integrated_users add column has_zoom_name boolean not null default false;
update integrated_users set has_zoom_name = true where cloudlink_user_id is null or display_name = '';
