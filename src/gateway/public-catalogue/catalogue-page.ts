import { Html, html } from "../reference/html.ts";
import { STYLE } from "../reference/reference-style.ts";
import type { PublicEventType } from "./public-event-types.ts";

export type CataloguePage = {
  readonly title: string;
  readonly eventTypes: readonly PublicEventType[];
  /** What was looked for; "" shows all. */
  readonly search: string;
  /** Where this is as JSON. */
  readonly jsonPath: string;
};

type Group = { readonly name: string; readonly eventTypes: readonly PublicEventType[] };

const OWN_STYLE = `
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; padding: 0.5rem; background: var(--page); }
form { display: flex; gap: 0.4rem; margin: 0 0 1rem; flex-wrap: wrap; }
label { width: 100%; }
input, button { font: inherit; color: inherit; background: var(--page); border: 1px solid var(--faint); border-radius: 4px; padding: 0.3rem 0.5rem; min-width: 0; }
input { flex: 1; }
.tree { margin: 0.2rem 0; padding-left: 1.2rem; }
.mark { padding: 0 0.4rem; border: 1px solid currentcolor; border-radius: 4px; font-size: 0.8rem; color: light-dark(#8a5300, #f0b35c); }
`;

/** One page without scripts, for anybody. All that comes from elsewhere is put in as text. */
export function cataloguePage(page: CataloguePage): string {
  const groups = groupsOf(page.eventTypes);
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${new Html(STYLE + OWN_STYLE)}
        </style>
      </head>
      <body>
        <a class="skip" href="#top">To the event types</a>
        ${sidebar(page, groups)}
        <main id="top">
          <h1>${page.title}</h1>
          ${introduction(page)} ${groups.map(groupSection)}
        </main>
      </body>
    </html> `;
  return document.text;
}

function sidebar({ title, search, jsonPath }: CataloguePage, groups: readonly Group[]): Html {
  return html`<header>
    <p class="brand"><a href="#top">${title}</a></p>
    <form method="get" role="search">
      <label for="q">Search event types</label>
      <input id="q" name="q" type="search" maxlength="100" value="${search}" />
      <button>Search</button>
    </form>
    <details>
      <summary>Contents</summary>
    </details>
    <nav aria-label="Event types">
      ${groups.map(
        ({ name, eventTypes }) =>
          html`<h4>${name}</h4>
            <ul>
              ${eventTypes.map(
                ({ name: one }) => html`<li class="topic"><a href="#event-${one}">${one}</a></li> `,
              )}
            </ul> `,
      )}
      <p><a href="${jsonPath}">The same as JSON</a></p>
    </nav>
  </header> `;
}

function introduction({ search, eventTypes }: CataloguePage): Html {
  const count = `${eventTypes.length} event type${eventTypes.length === 1 ? "" : "s"}`;
  if (search === "") return html`<p class="lead">${count} that endpoints can be subscribed to.</p>`;
  return html`<p class="lead" role="status">
    ${count} with “${search}”. <a href="?">Show all</a>
  </p>`;
}

function groupSection({ name, eventTypes }: Group): Html {
  return html`<h2>${name}</h2>
    ${eventTypes.map(({ section }) => section)}`;
}

function groupsOf(eventTypes: readonly PublicEventType[]): readonly Group[] {
  const groups = Map.groupBy(eventTypes, ({ groupName }) => groupName ?? "");
  return [...groups]
    .toSorted(([a], [b]) => Number(a === "") - Number(b === "") || (a < b ? -1 : 1))
    .map(([name, members]) => ({ name: name === "" ? "Event types" : name, eventTypes: members }));
}
