-- What an organization is yet to be told about its customers' endpoints: written by triggers, in the
-- transaction of the change itself, where an endpoint of its own asks for it.
create table operational_event (
  id integer primary key autoincrement,
  organization_id text not null,
  type text not null,
  facts text not null,
  taken_until_ms integer not null default 0
) strict;

create view operational_endpoint as
  select own.organization_id, endpoint.event_types
  from application own
  join endpoint on endpoint.application_id = own.id
  where own.kind = 'operational' and own.deleted_at_ms is null
    and endpoint.deleted_at_ms is null and not endpoint.disabled;

create trigger operational_endpoint_created after insert on endpoint begin
  insert into operational_event (organization_id, type, facts)
  select customer.organization_id, 'endpoint.created', json_object(
    'applicationId', customer.id, 'applicationUid', customer.uid,
    'endpointId', new.id, 'endpointUid', new.uid)
  from application customer
  where customer.id = new.application_id and customer.kind = 'customer' and exists (
    select 1 from operational_endpoint own
    where own.organization_id = customer.organization_id and (own.event_types is null
      or exists (select 1 from json_each(own.event_types) where value = 'endpoint.created')));
end;

-- Each change that its owner makes moves updated_at_ms. One that we disable is told as that alone.
create trigger operational_endpoint_updated after update of updated_at_ms on endpoint
when new.updated_at_ms > old.updated_at_ms and new.deleted_at_ms is null
  and not (new.disabled and not old.disabled and coalesce(new.disabled_reason, 'owner') <> 'owner')
begin
  insert into operational_event (organization_id, type, facts)
  select customer.organization_id, 'endpoint.updated', json_object(
    'applicationId', customer.id, 'applicationUid', customer.uid,
    'endpointId', new.id, 'endpointUid', new.uid)
  from application customer
  where customer.id = new.application_id and customer.kind = 'customer' and exists (
    select 1 from operational_endpoint own
    where own.organization_id = customer.organization_id and (own.event_types is null
      or exists (select 1 from json_each(own.event_types) where value = 'endpoint.updated')));
end;

create trigger operational_endpoint_disabled after update of disabled on endpoint
when new.disabled and not old.disabled and new.deleted_at_ms is null
begin
  insert into operational_event (organization_id, type, facts)
  select customer.organization_id, 'endpoint.disabled', json_object(
    'applicationId', customer.id, 'applicationUid', customer.uid,
    'endpointId', new.id, 'endpointUid', new.uid,
    'reason', coalesce(new.disabled_reason, 'owner'), 'failingSinceMs', new.failing_since_ms)
  from application customer
  where customer.id = new.application_id and customer.kind = 'customer' and exists (
    select 1 from operational_endpoint own
    where own.organization_id = customer.organization_id and (own.event_types is null
      or exists (select 1 from json_each(own.event_types) where value = 'endpoint.disabled')));
end;

create trigger operational_endpoint_enabled after update of disabled on endpoint
when old.disabled and not new.disabled and new.deleted_at_ms is null
begin
  insert into operational_event (organization_id, type, facts)
  select customer.organization_id, 'endpoint.enabled', json_object(
    'applicationId', customer.id, 'applicationUid', customer.uid,
    'endpointId', new.id, 'endpointUid', new.uid)
  from application customer
  where customer.id = new.application_id and customer.kind = 'customer' and exists (
    select 1 from operational_endpoint own
    where own.organization_id = customer.organization_id and (own.event_types is null
      or exists (select 1 from json_each(own.event_types) where value = 'endpoint.enabled')));
end;

create trigger operational_endpoint_deleted after update of deleted_at_ms on endpoint
when new.deleted_at_ms is not null and old.deleted_at_ms is null
begin
  insert into operational_event (organization_id, type, facts)
  select customer.organization_id, 'endpoint.deleted', json_object(
    'applicationId', customer.id, 'applicationUid', customer.uid,
    'endpointId', new.id, 'endpointUid', new.uid)
  from application customer
  where customer.id = new.application_id and customer.kind = 'customer' and exists (
    select 1 from operational_endpoint own
    where own.organization_id = customer.organization_id and (own.event_types is null
      or exists (select 1 from json_each(own.event_types) where value = 'endpoint.deleted')));
end;

-- Only attempts by the schedule write attempts_made. A delivery that its owner ends is not told.
create trigger operational_delivery_advanced after update of attempts_made on delivery
when old.state = 'pending' and (
  new.state in ('exhausted', 'endpoint_gone')
  or new.state = 'pending' and new.attempts_made > old.attempts_made
    and new.attempts_made - new.schedule_from = 4
  or new.state = 'succeeded' and new.attempts_made - new.schedule_from > 4)
begin
  insert into operational_event (organization_id, type, facts)
  select told.organization_id, told.type, json_object(
    'applicationId', told.id, 'applicationUid', told.uid,
    'endpointId', new.endpoint_id, 'endpointUid', endpoint.uid,
    'messageId', message.id, 'messageEventId', message.event_id,
    'attemptId', attempt.id, 'statusCode', attempt.status_code, 'endedAtMs', attempt.ended_at_ms)
  from (
    select customer.*, case new.state
      when 'pending' then 'message.attempt.failing'
      when 'succeeded' then 'message.attempt.recovered'
      else 'message.attempt.exhausted' end as type
    from application customer
    where customer.id = new.application_id and customer.kind = 'customer'
  ) told
  join message on message.id = new.message_id
  join endpoint on endpoint.id = new.endpoint_id
  join attempt on attempt.message_id = new.message_id and attempt.endpoint_id = new.endpoint_id
  where attempt.trigger = 'scheduled' and attempt.succeeded = (new.state = 'succeeded')
    and exists (
      select 1 from operational_endpoint own
      where own.organization_id = told.organization_id and (own.event_types is null
        or exists (select 1 from json_each(own.event_types) where value = told.type)))
  order by attempt.number desc, attempt.id desc limit 1;
end;

create trigger operational_task_ended after update of status on background_task
when old.status = 'running' and new.status <> 'running'
begin
  insert into operational_event (organization_id, type, facts)
  select new.organization_id, 'background_task.finished', json_object(
    'taskId', new.id, 'taskType', new.type, 'status', new.status,
    'counts', new.progress -> '$.counts', 'error', new.progress ->> '$.error')
  where exists (
    select 1 from operational_endpoint own
    where own.organization_id = new.organization_id and (own.event_types is null
      or exists (select 1 from json_each(own.event_types) where value = 'background_task.finished')))
    and not exists (
      select 1 from application where id = new.application_id and kind <> 'customer');
end;
