import type { NativeConnection } from "@temporalio/worker";
import type { Logger } from "pino";
import type { Config } from "../config.ts";
import type { Store } from "../store/store.ts";

export type RolesOptions = {
  readonly config: Config;
  readonly gateway: GatewayRole | null;
  readonly worker: { readonly allowedSubnets: readonly string[] } | null;
  readonly store: Store;
  readonly connection: NativeConnection;
  readonly logger: Logger;
};

export const EVERYWHERE = "0.0.0.0";

export type GatewayRole = {
  readonly host: string;
  readonly jwtSecret: string;
  readonly temporalUiUrl?: string | undefined;
};
