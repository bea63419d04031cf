-- What a key may do, and for whom; a revoked one stays, so that its holder is told so.
create table api_key (
  id text primary key,
  organization_id text not null,
  -- null: for the organization as a whole.
  application_id text,
  mode text not null,
  name text not null,
  scopes text not null,
  last_four text not null,
  created_at_ms bigint not null,
  updated_at_ms bigint not null,
  last_used_at_ms bigint,
  expires_at_ms bigint,
  revoked_at_ms bigint
);

create index api_key_by_organization on api_key (organization_id, id);
create index api_key_by_application on api_key (application_id, id) where application_id is not null;

-- The secrets of keys, as SHA-256 hashes: several while a rotated one is still good.
create table api_key_secret (
  hash text primary key,
  key_id text not null,
  -- null: it is the current one.
  ends_at_ms bigint
);

create index api_key_secret_by_key on api_key_secret (key_id);

-- Where an application's customer tries things out: an application of the kind "sandbox".
alter table application add column sandbox_of text;

create unique index application_sandbox on application (sandbox_of)
  where sandbox_of is not null and deleted_at_ms is null;
