-- Since when attempts at an endpoint fail, and why it is disabled. watch_at_ms is when the sweep has to
-- see to the workflow that watches it, null if there is nothing to see to.
alter table endpoint add column failing_since_ms bigint;
alter table endpoint add column disabled_reason text;
alter table endpoint add column disabled_at_ms bigint;
alter table endpoint add column failed_attempts integer;
alter table endpoint add column watch_at_ms bigint;
alter table endpoint add column watched boolean not null default false;
alter table endpoint add column window_passed boolean not null default false;

create index endpoint_to_watch on endpoint (watch_at_ms) where watch_at_ms is not null;
