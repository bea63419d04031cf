import { createContext, use } from "react";
import type { ApiClient } from "../api/client.ts";

/** What every page of the operator's console works with. */
export type Console = {
  readonly organizationId: string;
  readonly token: string;
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
