import { createContext, use } from "react";
import type { Entry } from "../session/enter.ts";

export type EntryContextValue = {
  readonly baseUrl: string;
  /** Begun before the first render, so that a link is exchanged once. */
  readonly entry: Promise<Entry>;
};

const EntryContext = createContext<EntryContextValue | undefined>(undefined);

export const EntryProvider = EntryContext.Provider;

export function useEntry(): EntryContextValue {
  const value = use(EntryContext);
  if (value === undefined) throw new Error("Nobody has provided how the reader came in");
  return value;
}
