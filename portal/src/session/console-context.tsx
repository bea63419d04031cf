import { createContext, use } from "react";
import type { ApiClient } from "../api/client.ts";
import type { ApiKeyMode } from "../api/schema.d.ts";

/** What every page of the operator's console works with. */
export type Console = {
  readonly organizationId: string;
  readonly token: string;
  /** "test": of a key that works in sandboxes, and sees nothing of the organization as a whole. */
  readonly mode: ApiKeyMode;
  /** Whether the operator may change things, or only look. */
  readonly canManage: boolean;
  readonly client: ApiClient;
  readonly baseUrl: string;
  signOut(): void;
};

const ConsoleContext = createContext<Console | undefined>(undefined);

export const ConsoleProvider = ConsoleContext.Provider;

export function useConsole(): Console {
  const value = use(ConsoleContext);
  if (value === undefined) throw new Error("A page of the console stands outside of it");
  return value;
}
