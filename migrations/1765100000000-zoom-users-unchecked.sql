-- Whoever stages Zoom's users holds the row of their run, and a disconnect deletes them by name: the check of each row found
-- what was known.
alter table sync_run_zoom_users drop constraint sync_run_zoom_users_run_fkey;
