import type { Accept } from "../delivery/accept.ts";
import type { BeginAnew } from "../delivery/begin-anew.ts";
import type { TellLine } from "../delivery/lines/tell-line.ts";
import type { Resend } from "../delivery/resend.ts";
import type { BeginTasks } from "../delivery/tasks/begin-task.ts";
import type { CancelTask } from "../delivery/tasks/cancel-task.ts";
import type { TriggerSchedules } from "../delivery/trigger-schedules.ts";
import type { RetrySchedule } from "../domain/retry-schedule.ts";
import type { SignatureType } from "../signing/secret.ts";
import type { Catalogue } from "../store/catalogue.ts";
import type { LiveChanges } from "./live/live-changes.ts";
import type { Playground } from "./play/playground.ts";
import type { CheckPayload } from "./payload-check/check-payload.ts";
import type { SignToken } from "./access/sign-token.ts";
import type { EndpointSettings } from "./api-settings.ts";

/** What the routes work with. */
export type GatewayDeps = Catalogue & {
  readonly accept: Accept;
  readonly checkPayload: CheckPayload;
  /**
   * Has one attempt made by hand, whatever the endpoint is subscribed to. Resolves when that is sure
   * to happen, which is before it has. Throws a ProblemError (503) if Temporal does not answer.
   */
  readonly resend: Resend;
  readonly beginAnew: BeginAnew;
  readonly tellLine: TellLine;
  readonly beginTask: BeginTasks["beginTask"];
  readonly beginReplay: BeginTasks["beginReplay"];
  readonly cancelTask: CancelTask;
  /** Throw a ProblemError (503) if Temporal does not answer. */
  readonly triggerSchedules: TriggerSchedules;
  readonly signToken: SignToken;
  readonly live: LiveChanges;
  readonly playground: Playground;
  /** Where Temporal shows a workflow; null where that is not known. */
  readonly workflowUrl: (workflowId: string) => string | null;
  /** How long a test attempt is waited for. */
  readonly testAttemptWaitMs: number;
  readonly endpointSettings: EndpointSettings;
  /** The installation's: of what has none of its own. */
  readonly retrySchedule: RetrySchedule;
  /** The kind of secret that an endpoint gets when its owner brings none. */
  readonly signatureType: SignatureType;
};
