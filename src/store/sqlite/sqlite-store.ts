import { DatabaseSync } from "node:sqlite";
import { createCatalogue } from "../catalogue/catalogue.ts";
import { migrateSqlite } from "../migrate.ts";
import { createSealedEndpoint } from "../sealed-endpoint.ts";
import type { Sealer } from "../sealed.ts";
import type { Store } from "../store.ts";
import { prepareAccept } from "./hot-accept.ts";
import { prepareClaim } from "./hot-claim.ts";
import { prepareClaimManual, prepareRecordManual } from "./hot-manual.ts";
import { prepareLine, preparePlaces } from "./hot-line.ts";
import { prepareRecord } from "./hot-record.ts";
import { prepareSweep } from "./hot-sweep.ts";
import { createSqliteKysely } from "./kysely-dialect.ts";
import { prepareThrottle } from "./hot-throttle.ts";
import { createTurnWriter } from "./turn-writer.ts";

export type SqliteOptions = {
  /** A path, or ":memory:". Made and migrated if it is new. */
  readonly file: string;
  readonly sealer: Sealer;
};

// synchronous = full: a message that was accepted survives a power cut.
const PRAGMAS = `
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma busy_timeout = 5000;
  pragma cache_size = -32000;
  pragma temp_store = memory;`;

/** The store in one file, for one process. Throws if the file cannot be opened or written. */
export function createSqliteStore({ file, sealer }: SqliteOptions): Store {
  const db = new DatabaseSync(file);
  db.exec(PRAGMAS);
  migrateSqlite(db);

  const writer = createTurnWriter(db);
  const sealed = createSealedEndpoint(sealer);
  const accept = prepareAccept(db, sealed, preparePlaces(db));
  const claim = prepareClaim(db, sealed);
  const record = prepareRecord(db);
  const claimManual = prepareClaimManual(db, sealed);
  const recordManual = prepareRecordManual(db);
  const sweep = prepareSweep(db);
  const throttle = prepareThrottle(db);

  return {
    ...createCatalogue({ db: createSqliteKysely(db), sealed }),
    accept: (message) => writer.write(() => accept(message)),
    claim: (claims, lease) => writer.write(() => claims.map((one) => claim(one, lease))),
    // In line, the next one waits for it.
    record: (one) => writer[one.inLine ? "write" : "writeSoon"](() => record(one)),
    line: prepareLine(db),
    claimManual: (one, lease) => writer.write(() => claimManual(one, lease)),
    recordManual: (one) => writer.writeSoon(() => recordManual(one)),
    takeSlot: (one) => writer.write(() => throttle.takeSlot(one)),
    async takeSlotByHand(one) {
      const rates = throttle.ratesOf(one.endpointId);
      return rates === undefined ? null : writer.write(() => throttle.takeSlotByHand(one, rates));
    },
    postpone: (one) => writer.writeSoon(() => throttle.postpone(one)),
    pendingDeliveries: sweep.pendingDeliveries,
    takeOverdue: (nowMs, deliveriesMax) =>
      writer.write(() => sweep.takeOverdue(nowMs, deliveriesMax)),
    noteWorkflow: (messageIds, workflowId) =>
      writer.writeSoon(() => sweep.noteWorkflow(messageIds, workflowId)),
    async ping() {
      db.prepare("select 1").get();
    },
    async close() {
      writer.flush();
      db.close();
    },
  };
}
