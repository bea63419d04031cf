-- Every filter of a list has an index that ends with the list's order, so that a page is read from
-- it and nothing else, however rare what is asked for. See docs/decisions/0021-an-index-for-each-filter.md.

create index message_by_event_type on message (application_id, event_type, id);

alter table delivery add column event_type text collate "C" not null default '';
update delivery set event_type = message.event_type from message where message.id = delivery.message_id;
create index delivery_by_event_type on delivery (endpoint_id, event_type, message_id);
-- 0 succeeded, 1 not attempted so far, 2 failed, 3 being retried. All four merged are the whole list.
drop index delivery_by_endpoint;
create index delivery_by_status on delivery (endpoint_id, (case
  when state = 'succeeded' then 0
  when state <> 'pending' then 2
  when attempts_made = 0 then 1
  else 3
end), message_id);

-- An attempt is always asked for with its message: one index for both.
alter table attempt drop constraint attempt_pkey;
alter table attempt add primary key (message_id, id);
drop index attempt_by_message;
drop index attempt_by_endpoint;
drop index attempt_failed_by_endpoint;
create index attempt_by_event_type on attempt (endpoint_id, event_type, id);
-- The status codes' hundreds; those of 2 succeeded. All ten merged are the whole list.
create index attempt_by_status on attempt (endpoint_id, (status_code / 100), id);

-- A message's channels and tags, as "channel:…" and "tag:…". Most messages have none.
create table message_label (
  application_id text collate "C" not null,
  label text collate "C" not null,
  message_id text collate "C" not null,
  primary key (application_id, label, message_id)
);
create table delivery_label (
  endpoint_id text collate "C" not null,
  label text collate "C" not null,
  message_id text collate "C" not null,
  primary key (endpoint_id, label, message_id)
);
create table attempt_label (
  endpoint_id text collate "C" not null,
  label text collate "C" not null,
  attempt_id text collate "C" not null,
  message_id text collate "C" not null,
  primary key (endpoint_id, label, attempt_id)
);

insert into message_label
select application_id, 'channel:' || value, id
from message, jsonb_array_elements_text(channels) as value
union
select application_id, 'tag:' || value, id from message, jsonb_array_elements_text(tags) as value;
insert into delivery_label
select endpoint_id, label, message_id from message_label join delivery using (message_id);
insert into attempt_label
select endpoint_id, label, attempt.id, message_id from message_label join attempt using (message_id);

create index background_task_by_status on background_task (organization_id, status, id);
create index background_task_by_type on background_task (organization_id, type, id);
