-- A job asks what else has been told of its user: without this it would read a week of deliveries each time.
create index webhook_deliveries_waiting on webhook_deliveries (provider, account_id, subject_id) where processed_at is null;
