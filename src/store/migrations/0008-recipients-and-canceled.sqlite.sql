-- Whom a message was for: null is whoever was subscribed, else "nobody" or one endpoint's id. What was
-- not for all is missing nowhere else.
alter table message add column recipients text;

-- As before, and 4 canceled.
drop index delivery_by_status;
create index delivery_by_status on delivery (endpoint_id, case
  when state = 'succeeded' then 0
  when state = 'canceled' then 4
  when state <> 'pending' then 2
  when attempts_made = 0 then 1
  else 3
end, message_id);
