-- Endpoints and applications with a throttle rate, by their ids: see timetable.ts.
create table throttle (
  key text primary key,
  tat_ms real not null,
  waiting_since_ms integer not null,
  waiting_until_ms integer not null
) strict, without rowid;

-- How many are to be sent in each second to come, by the application's id.
create table throttle_second (
  key text not null,
  second integer not null,
  booked integer not null,
  primary key (key, second)
) strict, without rowid;

-- The time that a delivery was given at a throttled endpoint.
alter table delivery add column slot_at_ms integer;
