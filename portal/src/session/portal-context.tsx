import { createContext, use } from "react";
import type { ApiClient } from "../api/client.ts";
import type { Capability, Session } from "./session.ts";

/** What every page of the portal works with. */
export type Portal = {
  readonly session: Session;
  readonly appId: string;
  readonly client: ApiClient;
  /** What stands before /api/v1. */
  readonly baseUrl: string;
  can(capability: Capability): boolean;
};

const PortalContext = createContext<Portal | undefined>(undefined);

export const PortalProvider = PortalContext.Provider;

export function usePortal(): Portal {
  const portal = use(PortalContext);
  if (portal === undefined) throw new Error("A page of the portal stands outside of its session");
  return portal;
}
