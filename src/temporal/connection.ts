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

const CONNECT_MS_MAX = 10_000;
const ANSWER_MS_MAX = 10_000;

/**
 * One connection for client and worker: only then can Temporal hand a workflow's first task to the
 * process that starts it. Throws an Error with one clear sentence if nobody answers.
 */
export async function connectTemporal(access: TemporalAccess): Promise<NativeConnection> {
  const connection = await connect(access);
  try {
    const { namespace } = access;
    await connection.withDeadline(Date.now() + ANSWER_MS_MAX, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return connection;
  } catch (error) {
    await connection.close();
    const which = `the namespace ${access.namespace} (TEMPORAL_NAMESPACE) at ${access.address}`;
    throw new Error(`Temporal does not let us use ${which}: ${reasonOf(error)}`, { cause: error });
  }
}

async function connect(access: TemporalAccess): Promise<NativeConnection> {
  try {
    return await within(CONNECT_MS_MAX, NativeConnection.connect(connectOptions(access)));
  } catch (error) {
    const where = `Temporal cannot be reached at ${access.address} (TEMPORAL_ADDRESS)`;
    throw new Error(`${where}: ${reasonOf(error)}`, { cause: error });
  }
}

/** The innermost cause of what is often a long tale in the terms of the SDK's core. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /message: "([^"]+)"/.exec(text)?.[1] ?? text.trim().split("\n").at(-1) ?? text;
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
