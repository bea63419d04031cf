import { readFileSync } from "node:fs";
import { NativeConnection, type NativeConnectionOptions } from "@temporalio/worker";

export type TemporalTls = {
  readonly caFile: string | undefined;
  readonly certFile: string | undefined;
  readonly keyFile: string | undefined;
  readonly serverName: string | undefined;
};

export type TemporalAccess = {
  readonly address: string;
  readonly namespace: string;
  readonly apiKey: string | undefined;
  /** undefined connects in the clear, unless an API key asks for TLS. */
  readonly tls: TemporalTls | undefined;
};

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * One connection for client and worker: only then can Temporal hand a workflow's first task to the
 * process that starts it. Throws an Error with one clear sentence if nobody answers.
 */
export async function connectTemporal(access: TemporalAccess): Promise<NativeConnection> {
  try {
    return await within(CONNECT_TIMEOUT_MS, NativeConnection.connect(connectOptions(access)));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`Temporal cannot be reached at ${access.address} (TEMPORAL_ADDRESS): ${why}`, {
      cause: error,
    });
  }
}

function connectOptions({ address, apiKey, tls }: TemporalAccess): NativeConnectionOptions {
  return {
    address,
    ...(apiKey !== undefined && { apiKey }),
    ...(tls !== undefined && { tls: tlsOptions(tls) }),
    ...(tls === undefined && apiKey !== undefined && { tls: true }),
  };
}

function tlsOptions({ caFile, certFile, keyFile, serverName }: TemporalTls) {
  return {
    ...(serverName !== undefined && { serverNameOverride: serverName }),
    ...(caFile !== undefined && { serverRootCACertificate: readFileSync(caFile) }),
    ...(certFile !== undefined &&
      keyFile !== undefined && {
        clientCertPair: { crt: readFileSync(certFile), key: readFileSync(keyFile) },
      }),
  };
}

async function within<Value>(timeoutMs: number, value: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${timeoutMs / 1_000} s`)),
      timeoutMs,
    );
  });
  try {
    return await Promise.race([value, late]);
  } finally {
    clearTimeout(timer);
  }
}
