import type { z } from "zod";
import {
  AUTH_TOKEN_HEADER,
  CHECKSUM_HEADER,
  formatHeaderNames,
  type BodyToken,
  type HexSignature,
  type RequestFormat,
} from "../../domain/request-format.ts";
import type { EndpointHeaders } from "../../domain/records.ts";
import { invalidField } from "../http/problem.ts";
import { given } from "../input/fields.ts";
import {
  MASK,
  type REQUEST_FORMAT_IN,
  type REQUEST_FORMAT_OUT,
  type REQUEST_FORMAT_PATCH,
} from "./request-format-schemas.ts";

type Patch = z.output<typeof REQUEST_FORMAT_PATCH>;

/** A shorter secret shows nothing of itself. */
const HINTED_LENGTH_MIN = 12;
const HINT_LENGTH = 4;

/** `standardHeader`: of a hexadecimal signature that names none. */
export function requestFormatIn(
  body: z.output<typeof REQUEST_FORMAT_IN>,
  standardHeader: string,
): RequestFormat {
  const { hexSignature, authToken, bodyToken, checksum } = body;
  return {
    body: body.body,
    hexSignature: hexSignature
      ? { header: hexSignature.header ?? standardHeader, secret: hexSignature.secret }
      : null,
    authToken: authToken ?? null,
    bodyToken: bodyToken ?? null,
    checksum,
  };
}

/** Throws a ProblemError (422) if a secret or a path is missing that was not there before. */
export function patchedFormat(
  found: RequestFormat,
  patch: Patch,
  standardHeader: string,
): RequestFormat {
  return {
    body: given(patch.body, found.body),
    hexSignature: patchedSignature(found.hexSignature, patch.hexSignature, standardHeader),
    authToken: given(patch.authToken, found.authToken),
    bodyToken: patchedToken(found.bodyToken, patch.bodyToken),
    checksum: given(patch.checksum, found.checksum),
  };
}

function patchedSignature(
  found: HexSignature | null,
  patch: Patch["hexSignature"],
  standardHeader: string,
): HexSignature | null {
  if (patch === undefined || patch === null) return given(patch, found);
  const header = given(patch.header, found?.header) ?? standardHeader;
  return { header, secret: required(patch.secret ?? found?.secret, "hexSignature", "secret") };
}

function patchedToken(found: BodyToken | null, patch: Patch["bodyToken"]): BodyToken | null {
  if (patch === undefined || patch === null) return given(patch, found);
  return {
    path: required(patch.path ?? found?.path, "bodyToken", "path"),
    token: required(patch.token ?? found?.token, "bodyToken", "token"),
  };
}

function required(value: string | undefined, ...field: readonly string[]): string {
  if (value === undefined) throw invalidField(["body", ...field], "Field required");
  return value;
}

/** Throws a ProblemError (422) if the endpoint's owner adds a header that the format would set. */
export function checkHeadersFree(format: RequestFormat, headers: EndpointHeaders): RequestFormat {
  const set = new Set(formatHeaderNames(format));
  const taken = Object.keys(headers).find((name) => set.has(name.toLowerCase()));
  if (taken === undefined) return format;
  const message = `The endpoint has a header ${taken} of its own: remove that one first`;
  throw invalidField(["body", ...fieldOf(taken.toLowerCase())], message);
}

function fieldOf(header: string): readonly string[] {
  if (header === AUTH_TOKEN_HEADER) return ["authToken"];
  return header === CHECKSUM_HEADER ? ["checksum"] : ["hexSignature", "header"];
}

/** With what is secret masked. */
export function requestFormatOut(format: RequestFormat): z.output<typeof REQUEST_FORMAT_OUT> {
  const { body, hexSignature, authToken, bodyToken, checksum } = format;
  return {
    body,
    hexSignature: hexSignature && { ...hexSignature, secret: masked(hexSignature.secret) },
    authToken: authToken === null ? null : masked(authToken),
    bodyToken: bodyToken && { ...bodyToken, token: masked(bodyToken.token) },
    checksum,
  };
}

/** By characters as people see most of them, so that none is cut in two. */
function masked(secret: string): string {
  const characters = Array.from(secret);
  return characters.length < HINTED_LENGTH_MIN
    ? MASK
    : MASK + characters.slice(-HINT_LENGTH).join("");
}
