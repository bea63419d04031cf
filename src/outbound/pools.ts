import { buildConnector, Pool } from "undici";
import type { AddressGuard } from "./address-guard.ts";

/** Kept connections, by origin. */
export type Pools = {
  /** The origin's pool, to be used at once: it may be closed when others are asked for. */
  of(origin: string): Pool;
  /** Resolves when what is under way has ended, within `timeoutMs`. */
  close(): Promise<void>;
};

const ORIGINS_MAX = 1_000;
/**
 * As many as attempts may be under way: customers of one hosting service share its origin, and an
 * endpoint that hangs must leave the others a connection.
 */
const CONNECTIONS_PER_ORIGIN_MAX = 1_000;
const HEADER_BYTES_MAX = 16_384;
/** Shorter than the 2 s of the least patient common servers, which close without a word. */
const IDLE_MS_MAX = 1_500;
/** For servers that say how long they keep an idle connection. */
const HINTED_IDLE_MS_MAX = 30_000;
/** A busy connection is made anew now and then, so that a change of DNS is noticed. */
const REQUESTS_PER_CONNECTION_MAX = 250;
/** Node's 250 ms gives up on the working address of a host that is far away. */
const ADDRESS_ATTEMPT_MS = 1_000;

/**
 * undici's Agent would refuse a request when there are too many origins; here the pool that was
 * not used for the longest time makes room, and ends what it has under way.
 */
export function createPools(guard: AddressGuard, timeoutMs: number): Pools {
  const options: Pool.Options = {
    connect: guardedConnector(guard, timeoutMs),
    connections: CONNECTIONS_PER_ORIGIN_MAX,
    maxRequestsPerClient: REQUESTS_PER_CONNECTION_MAX,
    maxHeaderSize: HEADER_BYTES_MAX,
    keepAliveTimeout: IDLE_MS_MAX,
    keepAliveMaxTimeout: HINTED_IDLE_MS_MAX,
    pipelining: 1,
    allowH2: false,
    // One timer of ours covers the whole request.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const pools = new Map<string, Pool>();
  const closing = new Set<Promise<void>>();

  const retire = (origin: string, pool: Pool): void => {
    pools.delete(origin);
    const closed = endPool(pool, timeoutMs).finally(() => closing.delete(closed));
    closing.add(closed);
  };

  return {
    of: (origin) => {
      const pool = pools.get(origin) ?? new Pool(origin, options);
      pools.delete(origin);
      pools.set(origin, pool);
      const [oldest] = pools.size > ORIGINS_MAX ? pools : [];
      if (oldest !== undefined) retire(...oldest);
      return pool;
    },
    close: async () => {
      for (const [origin, pool] of pools) retire(origin, pool);
      await Promise.all(closing);
    },
  };
}

/**
 * After `timeoutMs` every request in it has had its time; what is left then are those that were
 * given up before they had a connection, and they must not be waited for.
 */
function endPool(pool: Pool, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => void pool.destroy().then(resolve, reject), timeoutMs);
    pool
      .close()
      .finally(() => clearTimeout(timer))
      .then(resolve, reject);
  });
}

/** Every connection is made here, so nothing is connected to that the guard has not seen. */
function guardedConnector(guard: AddressGuard, timeoutMs: number): buildConnector.connector {
  const connect = buildConnector({
    lookup: guard.lookup,
    timeout: timeoutMs,
    allowH2: false,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS,
  });
  return (options, callback) => {
    const error = guard.checkLiteral(options.hostname);
    if (error === undefined) return connect(options, callback);
    return queueMicrotask(() => callback(error, null));
  };
}
