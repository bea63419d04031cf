import { html, type Html } from "./html.ts";
import type { Operation, Response } from "./openapi-document.ts";
import type { JsonSchema } from "./openapi-schemas.ts";
import { answerExample } from "./reference-examples.ts";
import { parameterTable, schemaTable, type } from "./reference-fields.ts";
import { isCommon } from "./reference-introduction.ts";

export type Located = {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
};

/** `named`: the document's schemas by their ids. */
export function operationSection(
  located: Located,
  named: Readonly<Record<string, JsonSchema>>,
): Html {
  const { method, path, operation } = located;
  const { parameters, requestBody } = operation;
  const body = requestBody?.content["application/json"].schema;
  return html`<section class="operation" id="${operation.operationId}">
    <h3><a href="#${operation.operationId}">${operation.summary}</a></h3>
    <p class="route">
      <b class="${method}">${method.toUpperCase()}</b> <code>${path}</code>
      ${operation.deprecated === true ? html`<i>deprecated</i>` : ""}
    </p>
    <p>${operation.description ?? "Needs no token."} <small>${operation.operationId}</small></p>
    ${
      parameters.length === 0
        ? ""
        : html`<h4>Parameters</h4>
            ${parameterTable(parameters)}`
    }
    ${
      body === undefined
        ? ""
        : html`<h4>Body: ${type(body)}</h4>
            ${schemaTable(resolved(body, named))}`
    }
    <h4>Answers</h4>
    ${answerTable(operation.responses)}
    <h4>Example</h4>
    <pre><code>${curl(located)}</code></pre>
    ${shownAnswer(answerExample(operation))}
  </section> `;
}

function resolved(schema: JsonSchema, named: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return named[schema.$ref?.split("/").at(-1) ?? ""] ?? schema;
}

function answerTable(responses: Readonly<Record<string, Response>>): Html {
  const answered = Object.entries(responses)
    .filter(([, one]) => one["x-reserved"] !== true)
    .filter(([status, { description }]) => !isCommon(status, description));
  const rows = answered.map(([status, { description, content }]) => {
    const { schema } = content?.["application/json"] ?? content?.["text/event-stream"] ?? {};
    return html`<tr>
      <td><code>${status}</code></td>
      <td>${schema === undefined ? "" : type(schema)}</td>
      <td>${description}</td>
    </tr> `;
  });
  return html`<table class="answers">
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function shownAnswer(example: ReturnType<typeof answerExample>): Html {
  if (example === undefined) return html``;
  return html`<p>answers <code>${example.status}</code> with</p>
    <pre><code>${JSON.stringify(example.body, undefined, 2)}</code></pre>`;
}

/** Works in a shell once POSTHORN_URL and POSTHORN_TOKEN are set. */
function curl({ method, path, operation }: Located): string {
  const example = operation.requestBody?.content["application/json"].example;
  const shown = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => EXAMPLES[name] ?? name);
  const lines = [
    `curl${method === "get" ? "" : ` -X ${method.toUpperCase()}`} "$POSTHORN_URL${shown}"`,
    ...(operation.security === undefined ? ['-H "Authorization: Bearer $POSTHORN_TOKEN"'] : []),
    ...(example === undefined ? [] : ['-H "Content-Type: application/json"', data(example)]),
  ];
  return lines.join(" \\\n  ");
}

const EXAMPLES: Readonly<Record<string, string>> = {
  app_id: "acme",
  attempt_id: "$ATTEMPT_ID",
  endpoint_id: "$ENDPOINT_ID",
  key_id: "$KEY_ID",
  event_type_name: "invoice.paid",
  msg_id: "$MESSAGE_ID",
  task_id: "$TASK_ID",
  schedule_id: "1",
  template_name: "runa",
  webhook_id: "$WEBHOOK_ID",
};

function data(example: unknown): string {
  return `-d '${JSON.stringify(example).replaceAll("'", String.raw`'\''`)}'`;
}
