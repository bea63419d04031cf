-- Ids sort by time, byte by byte, so primary keys are also the order of every list.
-- Lists of names (event types, channels) and maps are JSON text; headers and secrets are sealed.

create table application (
  id text primary key,
  organization_id text not null,
  uid text,
  name text not null,
  throttle_rate integer,
  metadata text not null,
  created_at_ms integer not null,
  updated_at_ms integer not null,
  deleted_at_ms integer
) strict, without rowid;

create index application_by_organization on application (organization_id, id);
create unique index application_by_uid on application (organization_id, uid) where deleted_at_ms is null;

create table endpoint (
  id text primary key,
  application_id text not null,
  uid text,
  url text not null,
  description text not null,
  disabled integer not null,
  event_types text,
  channels text,
  throttle_rate integer,
  version integer not null,
  metadata text not null,
  headers text not null,
  secrets text not null,
  created_at_ms integer not null,
  updated_at_ms integer not null,
  deleted_at_ms integer
) strict, without rowid;

create index endpoint_by_application on endpoint (application_id, id);
create unique index endpoint_by_uid on endpoint (application_id, uid) where deleted_at_ms is null;

create table event_type (
  organization_id text not null,
  name text not null,
  id text not null,
  description text not null,
  archived integer not null,
  deprecated integer not null,
  schemas text,
  feature_flag text,
  group_name text,
  created_at_ms integer not null,
  updated_at_ms integer not null,
  primary key (organization_id, name)
) strict, without rowid;

create table message (
  id text primary key,
  application_id text not null,
  event_type text not null,
  event_id text,
  channels text,
  payload blob
) strict, without rowid;

create index message_by_application on message (application_id, id);
create unique index message_by_event_id on message (application_id, event_id) where event_id is not null;

create table delivery (
  message_id text not null,
  endpoint_id text not null,
  application_id text not null,
  state text not null,
  attempts_made integer not null,
  next_attempt_at_ms integer,
  lease_holder text,
  lease_until_ms integer not null,
  sweep_at_ms integer,
  workflow_id text,
  primary key (message_id, endpoint_id)
) strict, without rowid;

create index delivery_to_sweep on delivery (sweep_at_ms) where sweep_at_ms is not null;

create table attempt (
  id text primary key,
  message_id text not null,
  endpoint_id text not null,
  application_id text not null,
  event_type text not null,
  number integer not null,
  trigger text not null,
  url text not null,
  succeeded integer not null,
  status_code integer not null,
  reason text,
  response text not null,
  duration_ms integer not null,
  ended_at_ms integer not null
) strict, without rowid;

create index attempt_by_endpoint on attempt (endpoint_id, id);
create index attempt_by_message on attempt (message_id, id);
-- The few failures of an endpoint among its many successes.
create index attempt_failed_by_endpoint on attempt (endpoint_id, id) where not succeeded;
