import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/** What operators watch. Names and labels are a promise: dashboards are built on them. */
export type Metrics = {
  readonly registry: Registry;
  readonly messagesAccepted: Counter;
  readonly attempts: Counter<"result">;
  readonly attemptSeconds: Histogram;
  readonly attemptsInFlight: Gauge;
  readonly workflowStarts: Counter<"result">;
  readonly messagesStarted: Counter;
  readonly messagesAwaitingStart: Gauge;
  readonly messagesSwept: Counter;
  readonly expired: Counter<"what">;
  readonly payloadFaults: Counter<"result">;
  readonly endpointsDisabled: Counter<"reason">;
};

const SECONDS_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  return {
    registry,
    messagesAccepted: new Counter({
      name: "posthorn_messages_accepted_total",
      help: "Messages that were stored and answered with 202",
      registers,
    }),
    attempts: new Counter({
      name: "posthorn_attempts_total",
      help: "Attempts made, by what they came to: succeeded, failed",
      labelNames: ["result"],
      registers,
    }),
    attemptSeconds: new Histogram({
      name: "posthorn_attempt_duration_seconds",
      help: "How long receivers took to answer, or not to",
      buckets: SECONDS_BUCKETS,
      registers,
    }),
    attemptsInFlight: new Gauge({
      name: "posthorn_attempts_in_flight",
      help: "Attempts under way in this process",
      registers,
    }),
    workflowStarts: new Counter({
      name: "posthorn_workflow_starts_total",
      help: "Requests to Temporal to start a workflow: started, already_running, failed",
      labelNames: ["result"],
      registers,
    }),
    messagesStarted: new Counter({
      name: "posthorn_messages_started_total",
      help: "Messages that a started workflow carries",
      registers,
    }),
    messagesAwaitingStart: new Gauge({
      name: "posthorn_messages_awaiting_start",
      help: "Messages that wait for their workflow to be started; answers slow down past a bound",
      registers,
    }),
    messagesSwept: new Counter({
      name: "posthorn_messages_swept_total",
      help: "Overdue messages that the sweep gave to a new workflow",
      registers,
    }),
    expired: new Counter({
      name: "posthorn_expired_total",
      help: "Deleted because their time had passed, by what: payloads, calls",
      labelNames: ["what"],
      registers,
    }),
    payloadFaults: new Counter({
      name: "posthorn_payload_faults_total",
      help: "Payloads not as the schema of their event type says: warned, rejected; or unchecked",
      labelNames: ["result"],
      registers,
    }),
    endpointsDisabled: new Counter({
      name: "posthorn_endpoints_disabled_total",
      help: "Endpoints that were disabled, by why: failing, gone, owner",
      labelNames: ["reason"],
      registers,
    }),
  };
}
