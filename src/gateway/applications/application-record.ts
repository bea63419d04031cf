import type { z } from "zod";
import type { Application } from "../../domain/records.ts";
import type { WriteResult } from "../../store/catalogue.ts";
import { newId } from "../../store/new-id.ts";
import { conflict, notFound } from "../http/problem.ts";
import { given, throttleRateIn } from "../input/fields.ts";
import type { APPLICATION_IN, APPLICATION_OUT, APPLICATION_PATCH } from "./application-schemas.ts";

export type ApplicationIn = z.output<typeof APPLICATION_IN>;

export function newApplication(organizationId: string, body: ApplicationIn): Application {
  const nowMs = Date.now();
  const id = newId("app", nowMs);
  return { id, organizationId, ...content(body), createdAtMs: nowMs, updatedAtMs: nowMs };
}

export function replacedApplication(found: Application, body: ApplicationIn): Application {
  return { ...found, ...content(body), updatedAtMs: Date.now() };
}

export function patchedApplication(
  found: Application,
  body: z.output<typeof APPLICATION_PATCH>,
): Application {
  return {
    ...found,
    name: body.name ?? found.name,
    uid: given(body.uid, found.uid),
    throttleRate: given(throttleRateIn(body), found.throttleRate),
    metadata: given(body.metadata, found.metadata) ?? {},
    updatedAtMs: Date.now(),
  };
}

/** Throws a ProblemError: 404 if it has just been deleted, 409 if another one has the uid. */
export function writtenApplication(result: WriteResult<Application> | undefined): Application {
  if (result === undefined) throw notFound();
  if (result.kind === "written") return result.row;
  throw conflict("An application with this uid already exists");
}

export function applicationOut(application: Application): z.output<typeof APPLICATION_OUT> {
  const { id, uid, name, throttleRate, metadata, createdAtMs, updatedAtMs } = application;
  return {
    id,
    uid,
    name,
    throttleRate,
    rateLimit: throttleRate,
    metadata,
    createdAt: new Date(createdAtMs).toISOString(),
    updatedAt: new Date(updatedAtMs).toISOString(),
  };
}

function content(body: ApplicationIn) {
  const { name, uid = null, metadata } = body;
  return { name, uid, throttleRate: throttleRateIn(body) ?? null, metadata: metadata ?? {} };
}
