import { findAddressee, findApplication } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { issueText } from "../http/issue-text.ts";
import { conflict, invalid, invalidFields, ProblemError } from "../http/problem.ts";
import { route, type Answer, type PathCall, type Route } from "../route.ts";
import {
  APPLICATION_QUERY,
  NO_APPLICATION,
  ofApplication,
  SIMPLE,
} from "../webhooks/of-application.ts";
import {
  EVENT_IN,
  EVENTS_IN,
  EVENTS_OUT,
  PUBLISHED_OUT,
  type EventResult,
} from "./event-schemas.ts";
import { publish, type PublishDeps } from "./publish.ts";

type Deps = PublishDeps & Pick<GatewayDeps, "applications">;

export function publishRoutes(deps: Deps): readonly Route[] {
  return [publishEvents(deps)];
}

function publishEvents(deps: Deps): Route {
  return route({
    method: "post",
    path: "/events",
    operationId: "v1.event.publish",
    summary: "Publish an event, or a list of at most 500, to those webhooks that want it",
    ...SIMPLE,
    access: "publisher",
    scope: "publish",
    query: APPLICATION_QUERY,
    body: EVENTS_IN,
    example: { event: "invoice.paid", data: { invoice: "in_42", amount: 1_200 }, id: "paid-42" },
    answers: { 202: PUBLISHED_OUT, 207: EVENTS_OUT },
    successes: {
      202: "Accepted: kept, and seen to from now on. Of a list: all of it",
      207: "A list of which some events, or all, were refused: each result says what became of its event",
    },
    conflict: "Another event of the application has the id",
    refusals: NO_APPLICATION,
    async handle(call) {
      const asked = ofApplication(call);
      const { body } = call;
      if (Array.isArray(body)) return publishEach(deps, asked, body);
      return { status: 202, body: await publish(deps, await findAddressee(deps, asked), body) };
    },
  });
}

async function publishEach(deps: Deps, call: PathCall, items: readonly unknown[]): Promise<Answer> {
  const { id: application } = await findApplication(deps, call);
  const to = { ...(await findAddressee(deps, call)), application };
  const seen = new Set<string>();
  const results = await Promise.all(
    items.map(async (item, index) =>
      resultOf(index, async () => {
        const event = parsed(item, index);
        // Which of two twins the database would take is anybody's guess: here it is the first.
        if (typeof event.id === "string") {
          if (seen.has(event.id)) throw conflict("An event before it in the list has this id");
          seen.add(event.id);
        }
        return publish(deps, to, event, [String(index)]);
      }),
    ),
  );
  const accepted = results.filter((result) => "event" in result).length;
  const refused = results.length - accepted;
  return { status: refused === 0 ? 202 : 207, body: { accepted, refused, results } };
}

/** Throws a ProblemError (422) that names each wrong field, as the body itself would be refused. */
function parsed(item: unknown, index: number) {
  const result = EVENT_IN.safeParse(item, { error: issueText });
  if (result.success) return result.data;
  const { fields } = invalidFields("body", result.error);
  throw invalid(
    fields.map(({ loc: [body = "", ...rest], ...field }) => ({
      ...field,
      loc: [body, String(index), ...rest],
    })),
  );
}

async function resultOf(
  index: number,
  act: () => Promise<Extract<EventResult, { event: unknown }>["event"]>,
): Promise<EventResult> {
  try {
    return { index, status: 202, event: await act() };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { status, body } = error.problem;
    return { index, status, error: body as Extract<EventResult, { error: unknown }>["error"] };
  }
}
