import { Html, html } from "./html.ts";
import type { OpenApiDocument, Tag } from "./openapi-document.ts";
import type { JsonSchema } from "./openapi-schemas.ts";
import { schemaTable } from "./reference-fields.ts";
import { operationSection, type Located } from "./reference-operation.ts";
import { STYLE } from "./reference-style.ts";

/** One page without scripts: all is in sight, so that the browser's own search finds it. */
export function referencePage(document: OpenApiDocument): string {
  const { info, tags, components } = document;
  const groups = tags.map((tag) => ({ tag, operations: operationsOf(document, tag) }));
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${info.title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <nav>
          ${groups.map(navigation)}
          <h4><a href="#schemas">Schemas</a></h4>
        </nav>
        <main>
          ${introduction(document)}
          ${groups.map(
            ({ tag, operations }) =>
              html`<h2 id="${anchor(tag)}">${tag.name}</h2>
                <p>${tag.description}.</p>
                ${operations.map((located) => operationSection(located, components.schemas))}`,
          )}
          <h2 id="schemas">Schemas</h2>
          ${Object.entries(components.schemas).map(schemaSection)}
        </main>
      </body>
    </html> `;
  return page.text;
}

type Group = { readonly tag: Tag; readonly operations: readonly Located[] };

function operationsOf({ paths }: OpenApiDocument, { name }: Tag): readonly Located[] {
  return Object.entries(paths)
    .flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
    )
    .filter(({ operation }) => operation.tags.includes(name));
}

function navigation({ tag, operations }: Group): Html {
  const items = operations.map(
    ({ method, operation }) =>
      html`<li>
        <a href="#${operation.operationId}">${operation.summary}</a>
        <small class="${method}">${method}</small>
      </li> `,
  );
  return html`<h4><a href="#${anchor(tag)}">${tag.name}</a></h4>
    <ul>
      ${items}
    </ul> `;
}

function introduction({ info }: OpenApiDocument): Html {
  return html`<h1>${info.title}</h1>
    <p>${info.description}</p>
    <p>
      For programs: <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>, OpenAPI 3.1. The
      examples expect this server’s address in <code>POSTHORN_URL</code> and a token in
      <code>POSTHORN_TOKEN</code>, which <code>posthorn token</code> prints. Fields with a
      <b>*</b> are required. Clients should ignore fields of answers that they do not know.
    </p>`;
}

function schemaSection([id, schema]: readonly [string, JsonSchema]): Html {
  return html`<section id="schema-${id}">
    <h3><a href="#schema-${id}">${id}</a></h3>
    ${schema.description === undefined ? "" : html`<p>${schema.description}</p>`}
    ${schemaTable(schema)}
  </section> `;
}

function anchor({ name }: Tag): string {
  return name.toLowerCase().replaceAll(" ", "-");
}
