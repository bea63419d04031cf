-- What an organization is to be told about its own customers' endpoints goes to endpoints of an
-- application that is no customer's.
alter table application add column kind text not null default 'customer';
create unique index application_operational on application (organization_id)
  where kind = 'operational' and deleted_at_ms is null;

alter table event_type add column feature_flags jsonb;
update event_type set feature_flags = jsonb_build_array(feature_flag) where feature_flag is not null;
alter table event_type drop column feature_flag;
-- Waits in milliseconds; null is the installation's schedule.
alter table event_type add column retry_schedule jsonb;

alter table message add column tags jsonb;
alter table message add column content_type text;
alter table message add column payload_expires_at_ms bigint;
create index message_to_expire on message (payload_expires_at_ms) where payload_expires_at_ms is not null;

-- JSON: a map from names to values, null where the value is withheld; and a list of pairs.
alter table attempt add column sent_headers text;
alter table attempt add column response_headers text;

-- POSTs that carried an Idempotency-Key. The status is null while the call is under way.
create table idempotent_call (
  key text collate "C" primary key,
  begun_at_ms bigint not null,
  status integer,
  body text,
  message_id text collate "C"
);

create index idempotent_call_to_expire on idempotent_call (begun_at_ms);

create table background_task (
  id text collate "C" primary key,
  organization_id text collate "C" not null,
  application_id text collate "C",
  endpoint_id text collate "C",
  type text not null,
  status text not null,
  input jsonb not null,
  progress jsonb not null,
  created_at_ms bigint not null,
  updated_at_ms bigint not null
);

create index background_task_by_organization on background_task (organization_id, id);
create index background_task_running on background_task (updated_at_ms) where status = 'running';
