-- When an admin added the user by hand, kept for the audit: of a file with 100 000 users the audit has one entry, and the
-- users whom it added carry its time. null: never, or before this was kept.
alter table integrated_users add column chosen_at timestamptz;
