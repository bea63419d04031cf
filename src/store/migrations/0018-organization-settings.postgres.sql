-- What an organization has chosen for itself, as JSON: what is not in it is as by default.
create table organization_settings (
  organization_id text collate "C" primary key,
  settings text not null,
  updated_at_ms bigint not null
);
