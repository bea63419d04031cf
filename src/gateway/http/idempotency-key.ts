import { hash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Principal } from "../access/principal.ts";
import { problem } from "./problem.ts";

type Asked = Pick<IncomingMessage, "method" | "headers"> & { readonly originalUrl: string };

const PRINTABLE = /^[\x20-\x7e]{1,256}$/;

/**
 * Stands for a POST's Idempotency-Key together with who sent it, and where to: two callers may use
 * the same one. null where there is none. Throws a ProblemError (400) if it cannot be used.
 */
export function idempotencyKey(request: Asked, principal: Principal): string | null {
  const { organizationId, applicationId, mode } = principal;
  const key = request.headers["idempotency-key"];
  if (key === undefined) return null;
  if (typeof key !== "string" || !PRINTABLE.test(key)) {
    const detail = "The header Idempotency-Key must be 1 to 256 printable ASCII characters";
    throw problem(400, "invalid_idempotency_key", detail);
  }
  const parts = [organizationId, applicationId, request.method, request.originalUrl, key];
  if (mode === "test") parts.push(mode);
  return hash("sha256", JSON.stringify(parts), "base64url");
}
