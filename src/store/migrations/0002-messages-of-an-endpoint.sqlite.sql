-- The list of an endpoint's messages, newest first.
create index delivery_by_endpoint on delivery (endpoint_id, message_id);
