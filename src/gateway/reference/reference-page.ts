import { Html, html } from "./html.ts";
import type { OpenApiDocument, Tag } from "./openapi-document.ts";
import type { JsonSchema } from "./openapi-schemas.ts";
import { schemaTable } from "./reference-fields.ts";
import { introduction, TOPICS } from "./reference-introduction.ts";
import { operationSection } from "./reference-operation.ts";
import { groupsToRead, type Group } from "./reference-order.ts";
import { STYLE } from "./reference-style.ts";

/** One page without scripts: all is in sight, so that the browser's own search finds it. */
export function referencePage(document: OpenApiDocument): string {
  const { info, components } = document;
  const groups = groupsToRead(document);
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
        ${sidebar(document, groups)}
        <main id="top">
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

/** The style shows the navigation beside the text, or on small screens if the details are open. */
function sidebar({ info }: OpenApiDocument, groups: readonly Group[]): Html {
  const topics = TOPICS.map(
    ([id, title]) => html`<li class="topic"><a href="#${id}">${title}</a></li> `,
  );
  return html`<header>
    <p class="brand"><a href="#top">${info.title}</a> <small>${info.version}</small></p>
    <details>
      <summary>Contents</summary>
    </details>
    <nav>
      <ul>
        ${topics}
      </ul>
      ${groups.map(navigation)}
      <h4><a href="#schemas">Schemas</a></h4>
    </nav>
  </header> `;
}

function navigation({ tag, operations }: Group): Html {
  const items = operations.map(
    ({ method, operation }) =>
      html`<li>
        <small class="${method}">${method}</small>
        <a href="#${operation.operationId}">${operation.summary}</a>
      </li> `,
  );
  return html`<h4><a href="#${anchor(tag)}">${tag.name}</a></h4>
    <ul>
      ${items}
    </ul> `;
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
