-- What an organization is yet to be told about its customers' endpoints: written by triggers, in the
-- transaction of the change itself, where an endpoint of its own asks for it.
create table operational_event (
  id bigint generated always as identity primary key,
  organization_id text collate "C" not null,
  type text not null,
  facts jsonb not null,
  taken_until_ms bigint not null default 0
);

create function operational_event_is_wanted(organization text, wanted text) returns boolean
language sql stable as $$
  select exists (
    select 1 from application own
    join endpoint on endpoint.application_id = own.id
    where own.organization_id = organization and own.kind = 'operational'
      and own.deleted_at_ms is null and endpoint.deleted_at_ms is null and not endpoint.disabled
      and (endpoint.event_types is null or endpoint.event_types ? wanted))
$$;

create function tell_of_endpoint(about endpoint, what text, more jsonb) returns void
language sql as $$
  insert into operational_event (organization_id, type, facts)
  select customer.organization_id, what, more || jsonb_build_object(
    'applicationId', customer.id, 'applicationUid', customer.uid,
    'endpointId', about.id, 'endpointUid', about.uid)
  from application customer
  where customer.id = about.application_id and customer.kind = 'customer'
    and operational_event_is_wanted(customer.organization_id, what)
$$;

create function tell_of_endpoint_created() returns trigger language plpgsql as $$
begin
  perform tell_of_endpoint(new, 'endpoint.created', '{}');
  return null;
end $$;

-- Each change that its owner makes moves updated_at_ms. One that we disable is told as that alone.
create function tell_of_endpoint_changed() returns trigger language plpgsql as $$
begin
  if new.deleted_at_ms is not null then
    if old.deleted_at_ms is null then
      perform tell_of_endpoint(new, 'endpoint.deleted', '{}');
    end if;
    return null;
  end if;
  if new.updated_at_ms > old.updated_at_ms
    and not (new.disabled and not old.disabled and coalesce(new.disabled_reason, 'owner') <> 'owner')
  then
    perform tell_of_endpoint(new, 'endpoint.updated', '{}');
  end if;
  if new.disabled and not old.disabled then
    perform tell_of_endpoint(new, 'endpoint.disabled', jsonb_build_object(
      'reason', coalesce(new.disabled_reason, 'owner'), 'failingSinceMs', new.failing_since_ms));
  elsif old.disabled and not new.disabled then
    perform tell_of_endpoint(new, 'endpoint.enabled', '{}');
  end if;
  return null;
end $$;

create function tell_of_delivery() returns trigger language plpgsql as $$
declare
  what constant text := case new.state
    when 'pending' then 'message.attempt.failing'
    when 'succeeded' then 'message.attempt.recovered'
    else 'message.attempt.exhausted' end;
begin
  insert into operational_event (organization_id, type, facts)
  select customer.organization_id, what, jsonb_build_object(
    'applicationId', customer.id, 'applicationUid', customer.uid,
    'endpointId', endpoint.id, 'endpointUid', endpoint.uid,
    'messageId', message.id, 'messageEventId', message.event_id,
    'attemptId', attempt.id, 'statusCode', attempt.status_code, 'endedAtMs', attempt.ended_at_ms)
  from application customer
  join message on message.id = new.message_id
  join endpoint on endpoint.id = new.endpoint_id
  join attempt on attempt.message_id = new.message_id and attempt.endpoint_id = new.endpoint_id
  where customer.id = new.application_id and customer.kind = 'customer'
    and attempt.trigger = 'scheduled' and attempt.succeeded = (new.state = 'succeeded')
    and operational_event_is_wanted(customer.organization_id, what)
  order by attempt.number desc, attempt.id desc limit 1;
  return null;
end $$;

create function tell_of_task() returns trigger language plpgsql as $$
begin
  insert into operational_event (organization_id, type, facts)
  select new.organization_id, 'background_task.finished', jsonb_build_object(
    'taskId', new.id, 'taskType', new.type, 'status', new.status,
    'counts', new.progress -> 'counts', 'error', new.progress ->> 'error')
  where operational_event_is_wanted(new.organization_id, 'background_task.finished')
    and not exists (
      select 1 from application where id = new.application_id and kind <> 'customer');
  return null;
end $$;

create trigger operational_endpoint_created after insert on endpoint
  for each row execute function tell_of_endpoint_created();

create trigger operational_endpoint_changed
  after update of updated_at_ms, disabled, deleted_at_ms on endpoint
  for each row when (
    new.updated_at_ms > old.updated_at_ms or new.disabled is distinct from old.disabled
    or new.deleted_at_ms is distinct from old.deleted_at_ms)
  execute function tell_of_endpoint_changed();

-- Only attempts by the schedule write attempts_made. A delivery that its owner ends is not told.
create trigger operational_delivery_advanced after update of attempts_made on delivery
  for each row when (old.state = 'pending' and (
    new.state in ('exhausted', 'endpoint_gone')
    or new.state = 'pending' and new.attempts_made > old.attempts_made
      and new.attempts_made - new.schedule_from = 4
    or new.state = 'succeeded' and new.attempts_made - new.schedule_from > 4))
  execute function tell_of_delivery();

create trigger operational_task_ended after update of status on background_task
  for each row when (old.status = 'running' and new.status <> 'running')
  execute function tell_of_task();
