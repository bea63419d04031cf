import type { NativeConnection } from "@temporalio/worker";
import proto from "@temporalio/proto";
import { APPLICATION_ATTRIBUTE, MESSAGE_ATTRIBUTE } from "../../workflows/contract.ts";

const NAMES = [MESSAGE_ATTRIBUTE, APPLICATION_ATTRIBUTE];
const { INDEXED_VALUE_TYPE_KEYWORD_LIST } = proto.temporal.api.enums.v1.IndexedValueType;

/**
 * Registers our search attributes where they are missing; false where the server does not let us
 * (Temporal Cloud has its own way to do it). Deliveries do not depend on them.
 */
export async function ensureSearchAttributes(
  connection: NativeConnection,
  namespace: string,
): Promise<boolean> {
  if (await areRegistered(connection, namespace)) return true;
  try {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(
        NAMES.map((name) => [name, INDEXED_VALUE_TYPE_KEYWORD_LIST]),
      ),
    });
    return true;
  } catch {
    // Another process may have been quicker.
    return areRegistered(connection, namespace);
  }
}

async function areRegistered(connection: NativeConnection, namespace: string): Promise<boolean> {
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({
      namespace,
    });
    return NAMES.every((name) => customAttributes[name] === INDEXED_VALUE_TYPE_KEYWORD_LIST);
  } catch {
    return false;
  }
}
