import { createCatalogue } from "../catalogue/catalogue.ts";
import { createSealedEndpoint } from "../sealed-endpoint.ts";
import type { Sealer } from "../sealed.ts";
import type { AttemptRecord, ManualRecord, NewMessage, Store } from "../store.ts";
import { toAcceptResult } from "./accept-result.ts";
import { acceptGroup } from "./accept.ts";
import { claimGroup, toClaimResult, type LeasedClaim } from "./claim.ts";
import { openPool } from "./connect.ts";
import { createGrouped } from "./grouped.ts";
import { createPostgresKysely } from "./kysely.ts";
import { readLine } from "./line.ts";
import { claimManualGroup, toManualClaimResult, type LeasedManualClaim } from "./manual.ts";
import { recordManualGroup } from "./manual-record.ts";
import { recordGroup } from "./record.ts";
import { createSlots } from "./slots.ts";
import { noteWorkflow, readPending, takeOverdue } from "./sweep.ts";

export type PostgresOptions = {
  readonly databaseUrl: string;
  readonly sealer: Sealer;
  readonly connectionsMax?: number;
};

const CONNECTIONS_MAX = 10;
/** Of each kind: while one commits, the next is prepared. */
const STATEMENTS_MAX = 2;
/** What is done by hand leaves the connections to what is not. */
const MANUAL_STATEMENTS_MAX = 1;

/**
 * The store in Postgres (14 or later), for any number of processes. Does not migrate. Throws an
 * Error of one sentence if it cannot connect.
 */
export async function createPostgresStore(options: PostgresOptions): Promise<Store> {
  const { databaseUrl, sealer, connectionsMax = CONNECTIONS_MAX } = options;
  const pool = await openPool(databaseUrl, connectionsMax);
  const sealed = createSealedEndpoint(sealer);

  const acceptRows = createGrouped({
    run: async (messages: readonly NewMessage[]) => acceptGroup(pool, messages),
    keyOf: ({ id }) => id,
    bytesOf: ({ payload }) => payload.length,
    statementsMax: STATEMENTS_MAX,
  });
  const claimRow = createGrouped({
    run: async (group: readonly LeasedClaim[]) => claimGroup(pool, group),
    keyOf: ({ claim }) => `${claim.messageId} ${claim.endpointId}`,
    statementsMax: STATEMENTS_MAX,
  });
  const record = createGrouped({
    run: async (records: readonly AttemptRecord[]) => recordGroup(pool, records),
    keyOf: ({ attempt }) => `${attempt.messageId} ${attempt.endpointId}`,
    statementsMax: STATEMENTS_MAX,
  });
  const claimManualRow = createGrouped({
    run: async (group: readonly LeasedManualClaim[]) => claimManualGroup(pool, group),
    keyOf: ({ claim }) => `${claim.messageId} ${claim.endpointId}`,
    statementsMax: MANUAL_STATEMENTS_MAX,
  });
  const recordManual = createGrouped({
    run: async (records: readonly ManualRecord[]) => recordManualGroup(pool, records),
    keyOf: ({ attempt }) => `${attempt.messageId} ${attempt.endpointId}`,
    statementsMax: MANUAL_STATEMENTS_MAX,
  });

  return {
    ...createCatalogue({ db: createPostgresKysely(pool), sealed }),
    accept: async (message) => toAcceptResult(message, await acceptRows(message), sealed),
    claim: async (claims, lease) =>
      Promise.all(
        claims.map(async (claim) => {
          const leased = { claim, lease };
          return toClaimResult(leased, await claimRow(leased), sealed);
        }),
      ),
    record,
    line: async (endpointId, dueAtMs, rowsMax) => readLine(pool, endpointId, dueAtMs, rowsMax),
    async claimManual(claim, lease) {
      const leased = { claim, lease };
      return toManualClaimResult(leased, await claimManualRow(leased), sealed);
    },
    recordManual,
    ...createSlots(pool),
    pendingDeliveries: async (messageIds) => readPending(pool, messageIds),
    takeOverdue: async (nowMs, deliveriesMax) => takeOverdue(pool, nowMs, deliveriesMax),
    noteWorkflow: async (messageIds, workflowId) => noteWorkflow(pool, messageIds, workflowId),
    async ping() {
      await pool.query("select 1");
    },
    close: async () => pool.end(),
  };
}
