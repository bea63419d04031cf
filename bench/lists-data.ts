import type { ClientBase } from "pg";

/** What is asked for rarely is the oldest, so that whatever reads from the newest on reads it all. */
export const RARE = 60;
export const MESSAGES = 800_000;
/** Every so many-th message goes to a second endpoint, too, which hardly ever answers with 2xx. */
const FAILING_EVERY = 8;
/** One message goes to many endpoints, where it is attempted often. */
export const WIDE = { message: MESSAGES + 1, endpoints: 1_000, attempts: 4 };
export const APPLICATIONS = 10_000;
export const ENDPOINTS = 10_000;
export const EVENT_TYPES = 2_000;
export const TASKS = 20_000;

export const ORGANIZATION = "org_bench";
export const BUSY = id("ep", 1);
export const FAILING = id("ep", 2);
export const APPLICATION = id("app", 1);

/** Ids of one length sort by their number, as those that are given here sort by their time. */
export function id(prefix: string, number: number): string {
  return `${prefix}_${String(number).padStart(27, "0")}`;
}

/** Fills an empty, migrated database with a million attempts. Takes about two minutes. */
export async function fill(client: ClientBase): Promise<void> {
  for (const statement of STATEMENTS) await client.query(statement);
}

const idOf = (prefix: string, number: string): string =>
  `'${prefix}_' || lpad((${number})::text, 27, '0')`;

const NAMES = `jsonb_build_array(case when i <= ${RARE} then 'rare' else 'common' end)`;
const NAMES_OF_SOME = `case when i <= ${RARE} or i % 10 = 0 then ${NAMES} end`;
const EVENT_TYPE = `case when i <= ${RARE} then 'rare' else 'common.' || i % 20 end`;
const STATE = `case when i <= ${RARE} then 'exhausted' when i <= ${3 * RARE} then 'pending' else 'succeeded' end`;
const HEADERS = `'{"content-type":"application/json","user-agent":"Posthorn/0.1.0","webhook-id":"msg_1"}'`;
const RESPONSE = `repeat('All is well. ', 10)`;

const DELIVERY = `insert into delivery (message_id, endpoint_id, application_id, event_type, state,
  attempts_made, next_attempt_at_ms, lease_until_ms, sweep_at_ms)`;
const ATTEMPT = `insert into attempt (id, message_id, endpoint_id, application_id, event_type, number,
  trigger, url, succeeded, status_code, reason, response, duration_ms, ended_at_ms, sent_headers,
  response_headers)`;
const attemptOf = (statusCode: string): string => `
  'scheduled', 'https://receiver.example/hooks', ${statusCode} between 200 and 299, ${statusCode},
  null, ${RESPONSE}, 12, i, ${HEADERS}, '[]'`;

const STATEMENTS = [
  `insert into application (id, organization_id, name, metadata, created_at_ms, updated_at_ms, deleted_at_ms)
  select ${idOf("app", "i")}, '${ORGANIZATION}', 'Seagull Post', '{}', i, i,
    case when i % 2 = 0 then i end from generate_series(1, ${APPLICATIONS}) i`,

  `insert into endpoint (id, application_id, url, description, disabled, version, metadata, headers,
    secrets, created_at_ms, updated_at_ms, deleted_at_ms)
  select ${idOf("ep", "i")}, '${APPLICATION}', 'https://receiver.example/hooks', '', false, 1, '{}',
    '', '', i, i, case when i > ${WIDE.endpoints} and i % 2 = 0 then i end
  from generate_series(1, ${ENDPOINTS}) i`,

  `insert into event_type (organization_id, name, id, description, archived, deprecated,
    created_at_ms, updated_at_ms)
  select '${ORGANIZATION}', ${idOf("type", "i")}, ${idOf("evtype", "i")}, '', i % 10 > 0,
    false, i, i from generate_series(1, ${EVENT_TYPES}) i`,

  `insert into background_task (id, organization_id, type, status, input, progress, created_at_ms,
    updated_at_ms)
  select ${idOf("qtask", "i")}, '${ORGANIZATION}',
    case when i <= ${RARE} then 'application.purge_content' else 'endpoint.recover' end,
    case when i <= ${RARE} then 'failed' else 'finished' end, '{}', '{}', i, i
  from generate_series(1, ${TASKS}) i`,

  `insert into message (id, application_id, event_type, channels, tags, payload)
  select ${idOf("msg", "i")}, '${APPLICATION}', ${EVENT_TYPE}, ${NAMES_OF_SOME}, ${NAMES_OF_SOME},
    convert_to('{"invoice":"in_' || i || '","text":"' || repeat('to Ida, ', 25) || '"}', 'UTF8')
  from generate_series(1, ${WIDE.message}) i`,

  `${DELIVERY} select ${idOf("msg", "i")}, '${BUSY}', '${APPLICATION}', ${EVENT_TYPE}, ${STATE},
    case when i <= ${2 * RARE} then 1 when i <= ${3 * RARE} then 0 else 1 end,
    case when ${STATE} = 'pending' then i end, 0, case when ${STATE} = 'pending' then i end
  from generate_series(1, ${MESSAGES}) i`,

  `${DELIVERY} select ${idOf("msg", "i")}, '${FAILING}', '${APPLICATION}', ${EVENT_TYPE},
    case when i <= ${FAILING_EVERY * RARE} then 'succeeded' else 'exhausted' end, 2, null, 0, null
  from generate_series(1, ${MESSAGES}, ${FAILING_EVERY}) i`,

  `${DELIVERY} select ${idOf("msg", String(WIDE.message))}, ${idOf("ep", "i")}, '${APPLICATION}',
    'wide', 'exhausted', ${WIDE.attempts}, null, 0, null
  from generate_series(1, ${WIDE.endpoints}) i`,

  `${ATTEMPT} select ${idOf("atmpt", "i")}, ${idOf("msg", "i")}, '${BUSY}', '${APPLICATION}',
    ${EVENT_TYPE}, 1, ${attemptOf(`case when i <= ${RARE} then 500 when i <= ${2 * RARE} then 0
      when i <= ${3 * RARE} then 404 when i <= ${4 * RARE} then 301 else 200 end`)}
  from generate_series(1, ${MESSAGES}) i`,

  `${ATTEMPT} select ${idOf("atmpt", `i + number * ${FAILING_EVERY}`)} || number, ${idOf("msg", "i")},
    '${FAILING}', '${APPLICATION}', ${EVENT_TYPE}, number,
    ${attemptOf(`case when i <= ${FAILING_EVERY * RARE} then 200 else 503 end`)}
  from generate_series(1, ${MESSAGES}, ${FAILING_EVERY}) i, generate_series(1, 2) number`,

  `${ATTEMPT} select ${idOf("atmpt", `${MESSAGES} + i * 10 + number`)}, ${idOf("msg", String(WIDE.message))},
    ${idOf("ep", "i")}, '${APPLICATION}', 'wide', number, ${attemptOf("503")}
  from generate_series(1, ${WIDE.endpoints}) i, generate_series(1, ${WIDE.attempts}) number`,

  `insert into message_label
  select application_id, prefix || value, id from message,
    (values ('channel:'), ('tag:')) as prefixes (prefix), jsonb_array_elements_text(channels) value`,
  `insert into delivery_label
  select endpoint_id, label, message_id from message_label join delivery using (message_id)`,
  `insert into attempt_label
  select endpoint_id, label, attempt.id, message_id from message_label join attempt using (message_id)`,

  // What a server that runs for a while has done by itself.
  `vacuum analyze`,
];
