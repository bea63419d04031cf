-- What an application's own pages list: its recoveries and replays, and those of one endpoint.
create index background_task_of_application on background_task (application_id, id) where endpoint_id is not null;
create index background_task_of_endpoint on background_task (endpoint_id, id) where endpoint_id is not null;

-- Whom an operator looks for, by the beginning of a name.
create index application_by_name on application (organization_id, lower(name), id) where deleted_at_ms is null;
-- Endpoints that fail now, or are disabled: few among many.
create index endpoint_unwell on endpoint (id) where deleted_at_ms is null and (failing_since_ms is not null or disabled);

-- Play: public request bins. Whoever has the id may look.
create table play (
  id text primary key,
  organization_id text not null,
  application_id text,
  -- JSON: what is answered.
  answer text not null,
  -- Sealed: what signatures are checked with.
  secret text,
  created_at_ms integer not null,
  expires_at_ms integer not null
) strict, without rowid;

create index play_by_organization on play (organization_id, application_id);
create index play_to_expire on play (expires_at_ms);

create table play_request (
  play_id text not null,
  id text not null,
  method text not null,
  path text not null,
  -- JSON: a list of pairs.
  headers text not null,
  body blob not null,
  signature text not null,
  received_at_ms integer not null,
  primary key (play_id, id)
) strict, without rowid;
