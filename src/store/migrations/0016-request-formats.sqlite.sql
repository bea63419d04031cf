-- How an endpoint's requests look besides the payload and the standard signature: a sealed
-- RequestFormat. null: the payload as it is.
alter table endpoint add column request_format text;
