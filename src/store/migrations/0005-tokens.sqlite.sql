-- Tokens of an application that are good no longer: those issued at or before a time, from a time on.
-- The subject says which: all of them, those of one session, or one alone.
create table token_revocation (
  application_id text not null,
  subject text not null,
  issued_until_ms integer not null,
  effective_at_ms integer not null,
  -- When no token is left that it would concern; null: never.
  forget_at_ms integer,
  primary key (application_id, subject, issued_until_ms, effective_at_ms)
) strict, without rowid;

create index token_revocation_to_forget on token_revocation (forget_at_ms)
  where forget_at_ms is not null;

-- What can be exchanged, once, for the token of a portal's session.
create table one_time_token (
  hash text primary key,
  -- Of the session's token, as JSON.
  claims text not null,
  expires_at_ms integer not null,
  used_at_ms integer
) strict, without rowid;

create index one_time_token_to_forget on one_time_token (expires_at_ms);
