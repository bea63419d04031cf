import { DatabaseSync } from "node:sqlite";
import { newId } from "../src/store/new-id.ts";

type Target = { readonly applicationId: string; readonly endpointId: string };

const MINUTE_MS = 60_000;
const MESSAGES_AT_ONCE = 1_000;
const PAYLOAD = Buffer.from(JSON.stringify({ text: "x".repeat(486) }));

/** Messages of the last minutes whose deliveries have failed, beside a Posthorn that runs. */
export function insertFailed(databaseFile: string, target: Target, messages: number): void {
  const { applicationId, endpointId } = target;
  const database = new DatabaseSync(databaseFile);
  database.exec("pragma busy_timeout = 10000; pragma synchronous = off");
  const message = database.prepare(
    "insert into message (id, application_id, event_type, payload) values (?, ?, 'bench.sent', ?)",
  );
  const delivery = database.prepare(`
    insert into delivery (message_id, endpoint_id, application_id, event_type, state,
      attempts_made, lease_until_ms)
    values (?, ?, ?, 'bench.sent', 'exhausted', 8, 0)`);
  const fromMs = Date.now() - 10 * MINUTE_MS;
  for (let done = 0; done < messages;) {
    database.exec("begin immediate");
    for (let i = 0; i < MESSAGES_AT_ONCE && done < messages; i++, done++) {
      const id = newId("msg", fromMs + Math.floor((done / messages) * 5 * MINUTE_MS));
      message.run(id, applicationId, PAYLOAD);
      delivery.run(id, endpointId, applicationId);
    }
    database.exec("commit");
  }
  database.close();
}
