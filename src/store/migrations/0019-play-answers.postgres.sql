-- What each request was answered. null: nobody noted it yet.
alter table play_request add column answer_status bigint;
alter table play_request add column answer_delay_ms bigint;
