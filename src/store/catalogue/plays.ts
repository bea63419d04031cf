import { sql, type Kysely, type Selectable } from "kysely";
import type {
  Play,
  PlayAnswer,
  PlayRequest,
  PlayRoom,
  Plays,
  PlaysMax,
} from "../catalogue-plays.ts";
import type { PlayRequestTable, PlayTable } from "../play-tables.ts";
import type { SealedEndpoint } from "../sealed-endpoint.ts";
import type { Tables } from "../tables.ts";
import { readPage } from "./page.ts";

export function createPlays(db: Kysely<Tables>, sealed: SealedEndpoint): Plays {
  return {
    create: async (play, limits) => create(db, sealed, play, limits),
    async find(id, nowMs) {
      const row = await db
        .selectFrom("play")
        .selectAll()
        .where("id", "=", id)
        .where("expires_at_ms", ">", nowMs)
        .executeTakeFirst();
      return row && toPlay(row, sealed);
    },
    async change(id, { answer, secret }) {
      const changes = {
        ...(answer === undefined ? {} : { answer: JSON.stringify(answer) }),
        ...(secret === undefined ? {} : { secret: sealedSecret(secret, sealed) }),
      };
      if (Object.keys(changes).length === 0) return;
      await db.updateTable("play").set(changes).where("id", "=", id).execute();
    },
    async remove(id) {
      // The bin first: what arrives meanwhile then finds none.
      await db.deleteFrom("play").where("id", "=", id).execute();
      await clear(db, id);
    },
    clear: async (id) => clear(db, id),
    keep: async (request, room) => keep(db, request, room),
    list: async (id, page) =>
      readPage(page, async (scan) => {
        const rows = await db
          .selectFrom("play_request")
          .selectAll()
          .where("play_id", "=", id)
          .where((eb) => eb.and(scan.bounds.map(({ operator, key }) => eb("id", operator, key))))
          .orderBy("id", scan.direction)
          .limit(scan.rowsMax)
          .execute();
        return rows.map(toRequest);
      }),
    async newest(id, rowsMax) {
      const rows = await newest(db, id, rowsMax).execute();
      return rows.map((row) => row.id);
    },
  };
}

async function create(
  db: Kysely<Tables>,
  sealed: SealedEndpoint,
  play: Play,
  { ofApplication, ofOrganization }: PlaysMax,
): Promise<boolean> {
  const rows = await db
    .selectFrom("play")
    .select("application_id")
    .where("organization_id", "=", play.organizationId)
    .where("expires_at_ms", ">", play.createdAtMs)
    .limit(ofOrganization)
    .execute();
  const own = rows.filter((row) => row.application_id === play.applicationId);
  const isFull = play.applicationId !== null && own.length >= ofApplication;
  if (isFull || rows.length >= ofOrganization) return false;
  await db.insertInto("play").values(fromPlay(play, sealed)).execute();
  return true;
}

async function clear(db: Kysely<Tables>, id: string): Promise<void> {
  await db.deleteFrom("play_request").where("play_id", "=", id).execute();
}

async function keep(
  db: Kysely<Tables>,
  request: PlayRequest,
  { requestsMax, bodyBytesMax }: PlayRoom,
): Promise<void> {
  await db.insertInto("play_request").values(fromRequest(request)).execute();
  const rows = await newest(db, request.playId, requestsMax + 1)
    .select(sql<number>`length(body)`.as("bytes"))
    .execute();
  let bytes = 0;
  const last = rows.find((row, at) => (bytes += row.bytes) > bodyBytesMax || at === requestsMax);
  if (last === undefined) return;
  await db
    .deleteFrom("play_request")
    .where("play_id", "=", request.playId)
    .where("id", "<=", last.id)
    .execute();
}

function newest(db: Kysely<Tables>, playId: string, rowsMax: number) {
  return db
    .selectFrom("play_request")
    .select("id")
    .where("play_id", "=", playId)
    .orderBy("id", "desc")
    .limit(rowsMax);
}

function toPlay(row: Selectable<PlayTable>, { openText }: SealedEndpoint): Play {
  return {
    id: row.id,
    organizationId: row.organization_id,
    applicationId: row.application_id,
    answer: JSON.parse(row.answer) as PlayAnswer,
    secret: row.secret === null ? null : openText(row.secret),
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
  };
}

function fromPlay(play: Play, sealed: SealedEndpoint) {
  return {
    id: play.id,
    organization_id: play.organizationId,
    application_id: play.applicationId,
    answer: JSON.stringify(play.answer),
    secret: sealedSecret(play.secret, sealed),
    created_at_ms: play.createdAtMs,
    expires_at_ms: play.expiresAtMs,
  };
}

function sealedSecret(secret: string | null, { sealText }: SealedEndpoint): string | null {
  return secret === null ? null : sealText(secret);
}

function toRequest(row: Selectable<PlayRequestTable>): PlayRequest {
  return {
    id: row.id,
    playId: row.play_id,
    method: row.method,
    path: row.path,
    headers: JSON.parse(row.headers) as PlayRequest["headers"],
    body: row.body,
    signature: row.signature as PlayRequest["signature"],
    answer: toAnswer(row),
    receivedAtMs: row.received_at_ms,
  };
}

function toAnswer({
  answer_status: status,
  answer_delay_ms: delayMs,
}: Selectable<PlayRequestTable>): PlayRequest["answer"] {
  return status === null || delayMs === null ? null : { status, delayMs };
}

function fromRequest(request: PlayRequest) {
  return {
    play_id: request.playId,
    id: request.id,
    method: request.method,
    path: request.path,
    headers: JSON.stringify(request.headers),
    body: request.body,
    signature: request.signature,
    answer_status: request.answer?.status ?? null,
    answer_delay_ms: request.answer?.delayMs ?? null,
    received_at_ms: request.receivedAtMs,
  };
}
