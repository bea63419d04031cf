import {
  addCounts,
  type BackgroundTask,
  type ReplayWork,
  type TaskCounts,
} from "../../domain/background-task.ts";
import { lowestIdAt } from "../../domain/ids.ts";
import type { Catalogue } from "../../store/catalogue.ts";
import type { ManualRefusal } from "../../store/store.ts";
import type { AttemptByHand, ManualOutcome } from "../attempt-by-hand.ts";
import { createPatience, type Patience } from "../patience.ts";
import { beginPageAnew, type AnewDeps } from "./anew-page.ts";
import { inLanes } from "./lanes.ts";
import type { Pace } from "./pace.ts";
import type { DonePage, PageWork } from "./page-work.ts";
import { scanReplayed } from "./scan-replayed.ts";

export type ReplayDeps = AnewDeps & {
  readonly store: Pick<Catalogue, "replays" | "endpoints">;
  readonly attemptByHand: AttemptByHand;
  readonly pace: Pace;
};

/** What a new carrier may have to look through again. */
const PAGE_IDS = 100;
/** Attempts that one task has under way at most, so that what is due comes through as well. */
const LANES = 50;
/** For turns at an endpoint that hangs: what had none is left in the page. */
const PATIENCE_MS = 120_000;
/** Ids tell the time to 4 ms. */
const ID_STEP_MS = 4;

type Refusal = Exclude<ManualRefusal, "expunged">;

const ERRORS: Readonly<Record<Refusal, string>> = {
  endpoint_disabled: "The endpoint is disabled",
  endpoint_deleted: "The endpoint was deleted",
};

/** One attempt for each message that is found; or its schedule anew. */
export function replayWork(deps: ReplayDeps, work: ReplayWork): PageWork {
  return {
    next: async (_task, after) => scanReplayed(deps.store, work, { after, idsMax: PAGE_IDS }),

    async work(task, signal) {
      if (work.retry !== true) return attemptPage(deps, work, task, signal);
      await deps.pace.next(task.progress.page.length, signal);
      if (signal.aborted) return { left: task.progress.page, counts: {} };
      return beginPageAnew(deps, task, work);
    },
  };
}

async function attemptPage(
  deps: ReplayDeps,
  work: ReplayWork,
  task: BackgroundTask,
  signal: AbortSignal,
): Promise<DonePage> {
  using patience = createPatience(PATIENCE_MS);
  const page = new Page(task.progress.page);
  const isOver = (): boolean => signal.aborted || page.hasFailed;
  await inLanes(task.progress.page, LANES, async (messageId) => {
    if (isOver()) return;
    await deps.pace.next(1, signal);
    if (isOver()) return;
    page.add(messageId, await attempt(deps, task, { ...work, messageId }, patience));
  });
  return page.done;
}

type Target = Pick<ReplayWork, "applicationId" | "endpointId"> & { readonly messageId: string };

function attempt(
  { attemptByHand }: ReplayDeps,
  { createdAtMs }: BackgroundTask,
  { messageId, endpointId, applicationId }: Target,
  patience: Patience,
): Promise<ManualOutcome> {
  // A carrier that was lost may have made it.
  const unlessAttemptedFrom = lowestIdAt("atmpt", createdAtMs + ID_STEP_MS);
  return attemptByHand({ messageId, endpointId, applicationId, unlessAttemptedFrom }, patience);
}

/** What came of a page's messages. */
class Page {
  readonly #left: Set<string>;
  #counts: TaskCounts = {};
  #error: string | undefined;

  constructor(messageIds: readonly string[]) {
    this.#left = new Set(messageIds);
  }

  get hasFailed(): boolean {
    return this.#error !== undefined;
  }

  get done(): DonePage {
    const error = this.#error;
    const done = { left: [...this.#left], counts: this.#counts };
    return error === undefined ? done : { ...done, error };
  }

  add(messageId: string, outcome: ManualOutcome): void {
    if (outcome.kind === "busy") return;
    if (outcome.kind === "refused" && outcome.reason !== "expunged") {
      this.#error = ERRORS[outcome.reason];
      return;
    }
    this.#left.delete(messageId);
    this.#counts = addCounts(this.#counts, countsOf(outcome));
  }
}

function countsOf(outcome: Exclude<ManualOutcome, { kind: "busy" }>): TaskCounts {
  if (outcome.kind === "refused") return { skipped: 1 };
  const { succeeded } = outcome.kind === "made" ? outcome.made.attempt : outcome;
  return { sent: 1, ...(succeeded ? { succeeded: 1 } : { failed: 1 }) };
}
