import type { Logger } from "pino";
import type { TriggerSchedules } from "../../delivery/trigger-schedules.ts";
import { problem } from "../http/problem.ts";

/** Whoever asks is told that Temporal is away, and may ask again. */
export function createGatewaySchedules(
  schedules: TriggerSchedules,
  logger: Logger,
): TriggerSchedules {
  const orAway = async <Result>(asked: Promise<Result>): Promise<Result> => {
    try {
      return await asked;
    } catch (error) {
      logger.warn({ err: error }, "Temporal was not asked for the schedules of a sandbox");
      throw problem(503, "unavailable", "Temporal does not answer, so nothing is done: try again");
    }
  };
  return {
    create: async (asked) => orAway(schedules.create(asked)),
    list: async (applicationId) => orAway(schedules.list(applicationId)),
    remove: async (applicationId, id) => orAway(schedules.remove(applicationId, id)),
    removeAll: async (applicationId) => orAway(schedules.removeAll(applicationId)),
  };
}
