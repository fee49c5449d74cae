-- At most fifty moves of a user are kept, and so the planner is told: where it had seen that most moves were of a few users, it
-- walked through the whole feed of a connector to find the fiftieth of one, once for each user of a statement.
alter table status_transitions alter column user_id set (n_distinct = -0.02);
analyze status_transitions;
