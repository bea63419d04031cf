import { html, type Html } from "./html.ts";
import type { OpenApiDocument } from "./openapi-document.ts";
import { REFUSALS } from "./openapi-refusals.ts";
import { type } from "./reference-fields.ts";

/** What any operation may answer: said once, and not again at each. */
const COMMON_STATUSES = [400, 401, 403, 404, 413, 415, 429];

const ERROR = { code: "not_found", detail: "Entity not found" };
const INVALID = {
  detail: [{ loc: ["body", "eventType"], msg: "Field required", type: "value_error" }],
};

/** Its sections, for the navigation. */
export const TOPICS: readonly (readonly [id: string, title: string])[] = [
  ["authentication", "Authentication"],
  ["errors", "Errors"],
  ["paging", "Paging"],
  ["idempotency", "Sending again"],
  ["verifying", "Verifying a delivery"],
];

export function isCommon(status: string, description: string): boolean {
  return COMMON_STATUSES.includes(Number(status)) && REFUSALS[Number(status)] === description;
}

/** What holds for all operations. */
export function introduction(document: OpenApiDocument): Html {
  return html`<h1>API reference</h1>
    <p class="lead">${document.info.description}</p>
    <p>
      The examples expect this server’s address in <code>POSTHORN_URL</code> and a token or key in
      <code>POSTHORN_TOKEN</code>. Fields with a <b>*</b> are required. Ignore fields of answers
      that you do not know: new ones may be added. For programs, the same as OpenAPI 3.1:
      <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>.
    </p>
    ${authentication()} ${failures()} ${paging()} ${idempotency()} ${verifying()}`;
}

function authentication(): Html {
  return html`<h3 id="authentication">Authentication</h3>
    <p>
      Send <code>Authorization: Bearer &lt;key or token&gt;</code>. Programs use
      <a href="#v1.api-key.create">API keys</a>, which have scopes (<code>read</code>,
      <code>publish</code>, <code>manage</code>), can end, be rotated and be revoked, and of which
      <code>posthorn_test_…</code> reaches sandboxes alone:
      <code>npm run -s posthorn -- key create --org org_… --name …</code> makes one. For everything
      else there are tokens. <code>npm run -s posthorn -- token --org org_…</code> prints an
      organization’s token, which may do everything and belongs on your server; with
      <code>--app app_…</code> it prints one for a single application, with which that customer can
      be shown what is theirs.
      <a href="#v1.authentication.app-portal-access">Portal access</a> gives such tokens to your
      users: each for a time, and only as capable as you say.
    </p>`;
}

function failures(): Html {
  const rows = COMMON_STATUSES.map(
    (status) =>
      html`<tr>
        <td><code>${status}</code></td>
        <td>${REFUSALS[status]}</td>
      </tr> `,
  );
  return html`<h3 id="errors">Errors</h3>
    <p>
      Most operations can answer these; only what else can come, or means something else there, is
      listed at each.
    </p>
    <table class="common">
      <tbody>
        ${rows}
      </tbody>
    </table>
    <p>They have this body (${errorLink("HttpErrorOut")}):</p>
    <pre><code>${JSON.stringify(ERROR, undefined, 2)}</code></pre>
    <p>A 422 has one entry for each wrong field (${errorLink("HTTPValidationError")}):</p>
    <pre><code>${JSON.stringify(INVALID)}</code></pre>`;
}

function errorLink(id: string): Html {
  return type({ $ref: `#/components/schemas/${id}` });
}

function paging(): Html {
  return html`<h3 id="paging">Paging</h3>
    <p>
      A list answers <code>data</code> with at most <code>limit</code> rows, an
      <code>iterator</code>, and <code>done</code>. While <code>done</code> is false there is more:
      ask again with the parameter <code>iterator</code> set to the one that you got.
      <code>prevIterator</code>, sent in the same way, leads to the page before.
    </p>`;
}

function idempotency(): Html {
  return html`<h3 id="idempotency">Sending again</h3>
    <p>
      If you got no answer, you do not know whether it was done. Send each <code>POST</code> with an
      <code>Idempotency-Key</code> of your own making, such as a UUID, and send it again with the
      same one: for 12 hours it is done once, and answered as it was the first time, with the header
      <code>Idempotent-Replayed: true</code>. SDKs do so by themselves. A message’s
      <code>eventId</code> is told from all others of its application for good: a 409 says that the
      first was kept.
    </p>`;
}

function verifying(): Html {
  return html`<h3 id="verifying">Verifying a delivery</h3>
    <p>
      Deliveries are signed as
      <a href="https://www.standardwebhooks.com">Standard Webhooks</a> says: give its library, or
      svix’s, the body as it came, the headers, and
      <a href="#v1.endpoint.get-secret">the endpoint’s secret</a>.
    </p>`;
}
