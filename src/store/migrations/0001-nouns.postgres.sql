-- Ids sort by time, byte by byte (hence collate "C"), so primary keys are also the order of every
-- list. Lists of names (event types, channels) and maps are jsonb; headers and secrets are sealed.

create table application (
  id text collate "C" primary key,
  organization_id text collate "C" not null,
  uid text collate "C",
  name text not null,
  throttle_rate integer,
  metadata jsonb not null,
  created_at_ms bigint not null,
  updated_at_ms bigint not null,
  deleted_at_ms bigint
);

create index application_by_organization on application (organization_id, id) where deleted_at_ms is null;
create unique index application_by_uid on application (organization_id, uid) where deleted_at_ms is null;

create table endpoint (
  id text collate "C" primary key,
  application_id text collate "C" not null,
  uid text collate "C",
  url text not null,
  description text not null,
  disabled boolean not null,
  event_types jsonb,
  channels jsonb,
  throttle_rate integer,
  version integer not null,
  metadata jsonb not null,
  headers text not null,
  secrets text not null,
  created_at_ms bigint not null,
  updated_at_ms bigint not null,
  deleted_at_ms bigint
);

create index endpoint_by_application on endpoint (application_id, id) where deleted_at_ms is null;
create unique index endpoint_by_uid on endpoint (application_id, uid) where deleted_at_ms is null;

create table event_type (
  organization_id text collate "C" not null,
  name text collate "C" not null,
  id text collate "C" not null,
  description text not null,
  archived boolean not null,
  deprecated boolean not null,
  schemas jsonb,
  feature_flag text,
  group_name text,
  created_at_ms bigint not null,
  updated_at_ms bigint not null,
  primary key (organization_id, name)
);

create table message (
  id text collate "C" primary key,
  application_id text collate "C" not null,
  event_type text collate "C" not null,
  event_id text collate "C",
  channels jsonb,
  payload bytea
);

create index message_by_application on message (application_id, id);
create unique index message_by_event_id on message (application_id, event_id) where event_id is not null;

-- Room in each page, so that a claim writes the row's new version beside the old one and no index;
-- and vacuumed often, since every row is changed at least once, soon after it was made.
create table delivery (
  message_id text collate "C" not null,
  endpoint_id text collate "C" not null,
  application_id text collate "C" not null,
  state text not null,
  attempts_made integer not null,
  next_attempt_at_ms bigint,
  lease_holder text,
  lease_until_ms bigint not null,
  sweep_at_ms bigint,
  workflow_id text,
  primary key (message_id, endpoint_id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

create index delivery_to_sweep on delivery (sweep_at_ms) where sweep_at_ms is not null;

create table attempt (
  id text collate "C" primary key,
  message_id text collate "C" not null,
  endpoint_id text collate "C" not null,
  application_id text collate "C" not null,
  event_type text collate "C" not null,
  number integer not null,
  trigger text not null,
  url text not null,
  succeeded boolean not null,
  status_code integer not null,
  reason text,
  response text not null,
  duration_ms integer not null,
  ended_at_ms bigint not null
);

create index attempt_by_endpoint on attempt (endpoint_id, id);
create index attempt_by_message on attempt (message_id, id);
-- The few failures of an endpoint among its many successes.
create index attempt_failed_by_endpoint on attempt (endpoint_id, id) where not succeeded;
