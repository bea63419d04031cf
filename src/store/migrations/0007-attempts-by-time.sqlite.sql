-- An application's attempts over time, by what came of them: counted from the index alone.
create index attempt_by_time on attempt (application_id, ended_at_ms, succeeded, event_type);
