import type { ReplayWork } from "../../domain/background-task.ts";
import { lowestIdAt } from "../../domain/ids.ts";
import type { Catalogue } from "../../store/catalogue.ts";
import type { MessageScan, Scanned } from "../../store/catalogue-tasks.ts";

const NOTHING: Scanned = { ids: [], scannedTo: null };

/** The next messages that the work is about, beyond `after`. */
export async function scanReplayed(
  { replays, endpoints }: Pick<Catalogue, "replays" | "endpoints">,
  work: ReplayWork,
  { after, idsMax }: Pick<MessageScan, "after" | "idsMax">,
): Promise<Scanned> {
  const { endpointId, applicationId, range } = work;
  const scan: MessageScan = {
    idFrom: lowestIdAt("msg", range.sinceMs),
    idBelow: lowestIdAt("msg", range.untilMs),
    after,
    idsMax,
  };
  if (work.type === "endpoint.recover") return replays.failed(endpointId, scan);
  if (work.type === "endpoint.bulk-replay") {
    return replays.delivered(endpointId, work.filter, scan);
  }
  const endpoint = await endpoints.find(applicationId, endpointId);
  return endpoint === undefined ? NOTHING : replays.missing(endpoint, scan);
}
