import { hash } from "node:crypto";
import express, { type Request, type Response, type Router } from "express";
import { isOrganizationId } from "../../domain/ids.ts";
import type { Catalogue } from "../../store/catalogue.ts";
import { createRecent } from "../../store/recent.ts";
import { createRecentSettings } from "../../store/recent-settings.ts";
import { notFound } from "../http/problem.ts";
import { cataloguePage } from "./catalogue-page.ts";
import { limitReaders } from "./limit-readers.ts";
import { createPublicEventTypes, type PublicEventType } from "./public-event-types.ts";

type Deps = Pick<Catalogue, "environments" | "eventTypes" | "organizations">;

const JSON_ENDING = ".json";
const SEARCH_LENGTH_MAX = 100;
const TITLE_LENGTH_MAX = 100;
const TITLES = { forMs: 10_000, keysMax: 1_000 };
const CACHE_CONTROL = "public, max-age=60";

/** Runs nothing, loads nothing, is framed by nobody, and its form leads back to it. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; " +
  "form-action 'self'; frame-ancestors 'none'";

/** What an organization sends, for anybody to read if it wants that: as a page, or as JSON. */
export function publicCatalogue(deps: Deps): Router {
  const router = express.Router();
  const recentSettings = createRecentSettings(deps);
  const eventTypesOf = createPublicEventTypes(deps.eventTypes);
  const recentTitle = createRecent((id) => titleOf(deps, id), TITLES);

  router.use("/catalog", limitReaders());
  router.get("/catalog/:organization", async (request, response) => {
    const named = request.params.organization;
    const organizationId = named.replace(/\.json$/, "");
    if (!isOrganizationId(organizationId)) throw notFound();
    const { publicCatalogue: isPublic } = await recentSettings(organizationId);
    // Nobody is told whether there is such an organization.
    if (!isPublic) throw notFound();

    const eventTypes = await eventTypesOf(organizationId);
    const isJson = named.endsWith(JSON_ENDING) || request.accepts(["html", "json"]) === "json";
    if (isJson) return send(request, response, "application/json", jsonOf(eventTypes));
    const search = searchOf(request);
    const title = await recentTitle(organizationId);
    const jsonPath = `/catalog/${organizationId}${JSON_ENDING}`;
    const shown = eventTypes.filter((one) => isFound(one, search));
    const page = cataloguePage({ title, eventTypes: shown, search, jsonPath });
    send(request, response, "text/html", page);
  });
  return router;
}

function searchOf({ query }: Request): string {
  const { q } = query;
  return typeof q === "string" ? q.slice(0, SEARCH_LENGTH_MAX).toWellFormed().trim() : "";
}

function isFound({ name, description, groupName }: PublicEventType, search: string): boolean {
  const text = `${name} ${description} ${groupName ?? ""}`.toLowerCase();
  return text.includes(search.toLowerCase());
}

async function titleOf({ environments }: Deps, organizationId: string): Promise<string> {
  const name = (await environments.settings(organizationId))?.["displayName"];
  const isName = typeof name === "string" && name.trim() !== "";
  return isName ? `${name.slice(0, TITLE_LENGTH_MAX)}: event types` : "Event types";
}

function jsonOf(eventTypes: readonly PublicEventType[]): string {
  return JSON.stringify({
    eventTypes: eventTypes.map(({ name, description, groupName, deprecated, schemas }) => ({
      name,
      description,
      groupName,
      deprecated,
      schemas,
    })),
  });
}

function send(request: Request, response: Response, type: string, text: string): void {
  response.set({
    "cache-control": CACHE_CONTROL,
    etag: `"${hash("sha256", text, "base64url")}"`,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    ...(type === "text/html" && { "content-security-policy": CONTENT_SECURITY_POLICY }),
  });
  if (!request.path.endsWith(JSON_ENDING)) response.vary("accept");
  // Answers a 304 by itself where the client has this already.
  response.type(type).send(text);
}
