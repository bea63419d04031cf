import type {
  ExampleToPublish,
  PublishExample,
  TriggerSchedules,
} from "../../delivery/trigger-schedules.ts";
import type { GatewayDeps } from "../deps.ts";
import { ProblemError } from "../http/problem.ts";
import { exampleOf } from "../messages/message-example.ts";
import { publish } from "./publish.ts";

type Deps = Pick<GatewayDeps, "accept" | "eventTypes"> & {
  readonly triggerSchedules: Pick<TriggerSchedules, "removeAll">;
};

const NOT_FOUND = 404;

/** What a schedule does each time, in whatever process has the worker's role. */
export function createPublishExample({ triggerSchedules, ...deps }: Deps): PublishExample {
  return async (example) => {
    const found = await refusable(async () => exampleOfType(deps, example));
    if (found instanceof ProblemError) return { line: `not published: ${lineOf(found)}` };
    const published = await refusable(async () => publishTo(deps, example, found));
    if (!(published instanceof ProblemError))
      return { line: `published as ${published.messageId}` };
    if (published.problem.status !== NOT_FOUND) return { line: `refused: ${lineOf(published)}` };
    await triggerSchedules.removeAll(example.applicationId);
    return { line: "There is no such sandbox any more: its schedules were deleted" };
  };
}

async function exampleOfType(deps: Pick<Deps, "eventTypes">, example: ExampleToPublish) {
  const { organizationId, eventType } = example;
  return exampleOf(deps, { organizationId, featureFlags: null }, eventType);
}

async function publishTo(deps: Pick<Deps, "accept">, example: ExampleToPublish, data: object) {
  const { organizationId, applicationId: application, eventType: event, eventId: id } = example;
  const to = { organizationId, application, applicationKind: "sandbox" } as const;
  // It is the event type's own: nobody is to be warned of it.
  const checkPayload = async () => Promise.resolve({});
  return publish({ ...deps, checkPayload }, to, { event, data, id });
}

async function refusable<Result>(act: () => Promise<Result>): Promise<Result | ProblemError> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
}

function lineOf({ problem }: ProblemError): string {
  return JSON.stringify(problem.body);
}
