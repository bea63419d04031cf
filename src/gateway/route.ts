import type { z } from "zod";
import type { Scope } from "../domain/api-key.ts";
import type { Capability } from "./access/capabilities.ts";
import type { Principal } from "./access/principal.ts";

/**
 * One operation of the API: what validates its input is also what documents it. `access` says who
 * may call: only the organization, or also a key of the application that the path names (a
 * publisher), or also any token or key of that application, or only a token of some application.
 */
export type Route = {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** Below its base, parameters in braces. */
  readonly path: string;
  /** Where it is mounted; API_BASE unless it says so. */
  readonly base?: Base;
  /** The group that the reference has it in, where its operationId does not tell. */
  readonly group?: string;
  readonly operationId: string;
  readonly summary: string;
  readonly access: "organization" | "publisher" | "application" | "application-only" | "anyone";
  /** What a key must be allowed, where it is not as scope-of.ts derives it; null: nothing. */
  readonly scope?: Scope | null;
  /** Whether a test key may call it, where that is not as test-mode.ts derives it. */
  readonly inTestMode?: boolean;
  /** What an application's token must be allowed besides to look; an organization's may do all. */
  readonly capability?: Capability;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** A body that the documentation shows. */
  readonly example?: Readonly<Record<string, unknown>>;
  /** Bodies by status, for what is not answered with a problem; null for none. */
  readonly answers: Readonly<Record<number, z.ZodType | null>>;
  /**
   * What its server-sent events tell, where a success is answered with them: each is one of these.
   * It goes on until the caller goes, or may no longer call, or we stop.
   */
  readonly events?: z.ZodType;
  /** What is answered with 200 as a file, by its media type. */
  readonly download?: Readonly<Record<string, z.ZodType>>;
  /** What a success means, by status, where that does not say it. */
  readonly successes?: Readonly<Record<number, string>>;
  /** What has to be so for a 409; undefined if it is never answered. */
  readonly conflict?: string;
  /** Refusals that only this operation knows, by status: when. */
  readonly refusals?: Readonly<Record<number, string>>;
  /** Successes that generated clients expect here, and that are never answered. */
  readonly reserved?: readonly number[];
  /** "own": its handler, given the key, sees to it that a repeated POST is done once; else the app. */
  readonly idempotency?: "own";
  /** Served for clients that still call it. */
  readonly isDeprecated?: true;
  readonly handle: (call: Call<never, never>) => Promise<Answer>;
};

export type Call<Query, Body> = {
  readonly principal: Principal;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** The request's body as it came. */
  readonly bodyBytes: Uint8Array;
  /** Of a POST: stands for its Idempotency-Key, whoever sent it, and where to. */
  readonly idempotencyKey: string | null;
  /** What links to us begin with: no slash at the end. */
  readonly publicUrl: string;
  /** "" where there is none. */
  readonly userAgent: string;
};

/** What the svix clients call is below the first, what is for others below the second. */
export type Base = typeof API_BASE | typeof SIMPLE_BASE;

export const API_BASE = "/api/v1";
export const SIMPLE_BASE = "/v1";

/** The path as callers have it, parameters in braces. */
export function servedPath({ base = API_BASE, path }: Pick<Route, "base" | "path">): string {
  return base + path;
}

/** All that is needed to find what a path names, for whoever calls. */
export type PathCall = Pick<Call<unknown, unknown>, "principal" | "params">;

export type Answer = {
  readonly status: number;
  readonly body?: unknown;
  /** Instead of a body, where the route has events. */
  readonly events?: EventSource;
  /** Instead of a body, where the route has one. */
  readonly download?: Download;
  /** It was given before, to a call with the same Idempotency-Key. */
  readonly isRepeated?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Download = {
  readonly contentType: string;
  readonly fileName: string;
  /** Made as they are read. */
  readonly chunks: AsyncIterable<string>;
};

/**
 * Begins to send; what it returns is called when the stream has ended. Throws a ProblemError if there
 * is no room for another.
 */
export type EventSource = (stream: EventStream) => () => void;

export type EventStream = {
  send(name: string, data: unknown): void;
  end(): void;
};

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

type TypedRoute<Query extends z.ZodType | undefined, Body extends z.ZodType | undefined> = Omit<
  Route,
  "query" | "body" | "handle"
> & {
  readonly query?: Query;
  readonly body?: Body;
  readonly handle: (call: Call<Parsed<Query>, Parsed<Body>>) => Promise<Answer>;
};

/** Gives a route's handler the types that its schemas parse to. */
export function route<
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(definition: TypedRoute<Query, Body>): Route {
  // The app parses with the same schemas before it calls, which the compiler cannot see.
  return definition as unknown as Route;
}

/** Whether an Idempotency-Key means anything to it: there must be somebody to keep it for. */
export function mayHaveKey({ method, access }: Pick<Route, "method" | "access">): boolean {
  return method === "post" && access !== "anyone";
}

/** A path parameter that the route's path names. */
export function parameter(call: Pick<Call<unknown, unknown>, "params">, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`The route has no parameter ${name}`);
  return value;
}
