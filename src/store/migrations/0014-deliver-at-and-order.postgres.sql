-- When a message is to be sent; null: at once.
alter table message add column deliver_at_ms bigint;

-- An ordered endpoint's deliveries stand in line. line_at_ms is when the line has to be formed, or
-- dissolved, after that was switched; null: it is as `ordered` says.
alter table endpoint add column ordered boolean not null default false;
alter table endpoint add column line_at_ms bigint;
create index endpoint_ordered on endpoint (id) where ordered;
create index endpoint_line_to_change on endpoint (line_at_ms) where line_at_ms is not null;

-- Its place in line: the time in microseconds at which it was accepted, or is to be sent. null: in none.
alter table delivery add column place bigint;
create index delivery_in_line on delivery (endpoint_id, place, message_id)
  where place is not null and state = 'pending';
