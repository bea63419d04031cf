import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorState } from "./error-state.tsx";
import { Loading } from "./loading.tsx";

type LoadedProps<Data> = {
  readonly query: Pick<UseQueryResult<Data>, "data" | "error" | "refetch">;
  /** "the headers". */
  readonly what: string;
  readonly lines?: number;
  readonly children: (data: Data) => ReactNode;
};

/** What was asked for, once it is there; until then that it is loaded, or why it is not. */
export function Loaded<Data>({ query, what, lines = 2, children }: LoadedProps<Data>) {
  const { data, error, refetch } = query;
  if (data !== undefined) return <>{children(data)}</>;
  if (error === null) return <Loading what={what} lines={lines} />;
  const title = `${what.charAt(0).toUpperCase()}${what.slice(1)} could not be loaded`;
  return <ErrorState title={title} error={error} onRetry={() => void refetch()} />;
}
