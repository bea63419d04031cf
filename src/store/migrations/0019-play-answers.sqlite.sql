-- What each request was answered. null: nobody noted it yet.
alter table play_request add column answer_status integer;
alter table play_request add column answer_delay_ms integer;
