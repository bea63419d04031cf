-- What an organization has imported about how it wants to look and work, as it came.
create table environment_settings (
  organization_id text collate "C" primary key,
  settings text not null
);
