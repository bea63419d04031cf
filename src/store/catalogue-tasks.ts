import type {
  BackgroundTask,
  ReplayFilter,
  ReplayWork,
  TaskProgress,
  TaskStatus,
  TaskType,
} from "../domain/background-task.ts";
import type { Endpoint } from "../domain/records.ts";
import type { Page, PageQuery } from "./catalogue-page.ts";

export type BackgroundTasks = {
  create(task: BackgroundTask): Promise<void>;
  /** Answers false, and keeps nothing, if so many replays of its application run already. */
  createReplay(task: ReplayTask, runningMax: number): Promise<boolean>;
  /** Those of sandboxes are not among them. */
  find(organizationId: string, id: string): Promise<BackgroundTask | undefined>;
  findReplay(applicationId: string, id: string): Promise<ReplayTask | undefined>;
  /** The same. Without what tasks of organizations have reckoned: that may be much. */
  list(organizationId: string, query: TaskQuery): Promise<Page<BackgroundTask>>;
  /** An application's, or those at one endpoint of it. */
  listReplays(applicationId: string, query: ReplayTaskQuery): Promise<Page<ReplayTask>>;
  /** For whoever carries it out. */
  read(id: string): Promise<BackgroundTask | undefined>;
  /**
   * What it has become; undefined, and nothing is written, if it was changed since it was read, or
   * has ended. One that has failed may become one that failed having done more.
   */
  change(
    task: BackgroundTask,
    change: TaskChange,
    nowMs: number,
  ): Promise<BackgroundTask | undefined>;
  /** The next that run, by id, and that nobody has changed since `changedUntilMs`. */
  stalled(changedUntilMs: number, scan: StalledScan): Promise<readonly BackgroundTask[]>;
};

export type ReplayTask = BackgroundTask & { readonly work: ReplayWork };

export function isReplay(task: BackgroundTask): task is ReplayTask {
  return "endpointId" in task.work;
}

export type StalledScan = { readonly after: string; readonly tasksMax: number };

export type TaskQuery = PageQuery & { readonly status?: TaskStatus; readonly type?: TaskType };

export type ReplayTaskQuery = PageQuery & {
  readonly status?: TaskStatus;
  readonly endpointId?: string;
};

export type TaskChange = { readonly status: TaskStatus; readonly progress: TaskProgress };

/** What background tasks work through, a page at a time. */
export type Replays = {
  /** Messages whose delivery to the endpoint has failed so far, or for good; none that was canceled. */
  failed(endpointId: string, scan: MessageScan): Promise<Scanned>;
  /** Messages that the endpoint is subscribed to, and that were never to be delivered to it. */
  missing(endpoint: Endpoint, scan: MessageScan): Promise<Scanned>;
  /** Messages that were to be delivered to the endpoint. */
  delivered(endpointId: string, filter: ReplayFilter, scan: MessageScan): Promise<Scanned>;
  /** Messages of the application that have a payload. */
  withPayload(applicationId: string, scan: MessageScan): Promise<Scanned>;
  /** Deletes the payloads of these messages. */
  purge(messageIds: readonly string[]): Promise<void>;
};

/** Message ids in their order: `idFrom` ≤ id < `idBelow`, and beyond `after`. */
export type MessageScan = {
  readonly idFrom: string;
  readonly idBelow: string;
  readonly after: string;
  /** Of messages that are found; it may be fewer, or none, and there are more all the same. */
  readonly idsMax: number;
};

export type Scanned = {
  readonly ids: readonly string[];
  /** From where to go on; null when there is nothing beyond. */
  readonly scannedTo: string | null;
};
