import { randomUUID } from "node:crypto";
import type { RequestHandler, Response } from "express";

/** What is safe to log and to send back. */
const WELL_FORMED = /^[\w.:+/=@-]{1,128}$/;

/** Names each request, as its caller does where they can: in the answer, and in what is logged. */
export const identifyRequest: RequestHandler = ({ headers }, response, next) => {
  const given = [headers["svix-req-id"], headers["x-request-id"]].find(isWellFormed);
  const id = given ?? `req_${randomUUID()}`;
  response.locals["requestId"] = id;
  response.setHeader("x-request-id", id);
  next();
};

export function requestIdOf(response: Response): string {
  return String(response.locals["requestId"]);
}

function isWellFormed(value: string | readonly string[] | undefined): value is string {
  return typeof value === "string" && WELL_FORMED.test(value);
}
