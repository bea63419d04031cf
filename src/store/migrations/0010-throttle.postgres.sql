-- Endpoints and applications with a throttle rate, by their ids: see timetable.ts.
create table throttle (
  key text collate "C" primary key,
  tat_ms double precision not null,
  waiting_since_ms bigint not null,
  waiting_until_ms bigint not null
);

-- How many are to be sent in each second to come, by the application's id.
create table throttle_second (
  key text collate "C" not null,
  second bigint not null,
  booked integer not null,
  primary key (key, second)
);

-- The time that a delivery was given at a throttled endpoint.
alter table delivery add column slot_at_ms bigint;
