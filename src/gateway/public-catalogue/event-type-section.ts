import type { EventType } from "../../domain/records.ts";
import { newestExamples } from "../event-types/example-payload.ts";
import { newestFirst } from "../event-types/newest-schema.ts";
import { html, type Html } from "../reference/html.ts";
import { schemaTree } from "./schema-tree.ts";

/** What a catalogue's page shows of an event type. */
export function eventTypeSection(eventType: EventType): Html {
  const { name, description, deprecated, schemas } = eventType;
  const [version, schema] = newestFirst(schemas)[0] ?? [];
  return html`<section id="event-${name}" aria-labelledby="name-${name}">
    <h3 id="name-${name}"><a href="#event-${name}">${name}</a></h3>
    ${deprecated ? html`<p><span class="mark">deprecated</span></p>` : ""}
    <p>${description}</p>
    ${
      version === undefined
        ? ""
        : html`<h4>Payload, version ${version}</h4>
            ${schemaTree(schema)}`
    }
    ${(newestExamples(schemas)?.payloads ?? []).map(
      (payload) =>
        html`<h4>Example</h4>
          <pre tabindex="0"><code>${JSON.stringify(payload, undefined, 2)}</code></pre>`,
    )}
  </section> `;
}
