import type { TriggerSchedule, TriggerSchedules } from "../../delivery/trigger-schedules.ts";
import { TRIGGER_SCHEDULES_MAX } from "../../domain/trigger-times.ts";

/** Stands for Temporal, which would not take a 61st minute: nothing is ever triggered. */
export function createTestSchedules(): TriggerSchedules {
  const kept = new Map<string, TriggerSchedule>();
  const keysOf = (applicationId: string) =>
    [...kept.keys()].filter((key) => key.startsWith(`${applicationId} `));
  let made = 0;
  return {
    create({ applicationId, eventType, every, endsAtMs }) {
      if (every.startsWith("61 ")) return Promise.resolve("invalid");
      if (keysOf(applicationId).length >= TRIGGER_SCHEDULES_MAX) return Promise.resolve("full");
      const createdAtMs = Date.now();
      const id = String(++made);
      const times = { createdAtMs, endsAtMs, nextAtMs: createdAtMs, timesTriggered: 0 };
      const schedule = { id, eventType, every, ...times };
      kept.set(`${applicationId} ${id}`, schedule);
      return Promise.resolve(schedule);
    },
    list: (applicationId) =>
      Promise.resolve(keysOf(applicationId).flatMap((key) => kept.get(key) ?? [])),
    remove: (applicationId, id) => Promise.resolve(kept.delete(`${applicationId} ${id}`)),
    removeAll(applicationId) {
      for (const key of keysOf(applicationId)) kept.delete(key);
      return Promise.resolve();
    },
  };
}
