-- An endpoint's own schedule: null is the event type's, or the installation's.
alter table endpoint add column retry_schedule jsonb;

-- How many attempts were made before the schedule began, and when it was begun anew: 0 at first.
alter table delivery add column schedule_from integer not null default 0;
alter table delivery add column reopened_at_ms bigint not null default 0;
