import type { ApplicationWork } from "../../domain/background-task.ts";
import { lowestIdAt } from "../../domain/ids.ts";
import type { Catalogue } from "../../store/catalogue.ts";
import type { PageWork } from "./page-work.ts";

export type PurgeDeps = { readonly store: Pick<Catalogue, "replays"> };

/** Rewritten by one statement. */
const PAGE_IDS = 200;

/** Deletes the payloads of an application's messages. */
export function purgeWork(
  { store: { replays } }: PurgeDeps,
  { applicationId, untilMs }: ApplicationWork,
): PageWork {
  const idBelow = lowestIdAt("msg", untilMs);
  return {
    next: async (_task, after) =>
      replays.withPayload(applicationId, { idFrom: "", idBelow, after, idsMax: PAGE_IDS }),

    async work({ progress: { page } }) {
      await replays.purge(page);
      return { left: [], counts: { purged: page.length } };
    },
  };
}
