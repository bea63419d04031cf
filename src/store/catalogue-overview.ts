import type { Application, Endpoint } from "../domain/records.ts";
import type { Page } from "./catalogue-page.ts";
import type { TimeSpan } from "./catalogue-statistics.ts";

/** What an operator looks at: all customers of an organization at once. */
export type Overview = {
  /**
   * Whose name begins so, by name; then whose uid does, or id where ids begin so, by these.
   * undefined if none that is found, or was until it was deleted, has the id `after`.
   */
  searchApplications(
    organizationId: string,
    search: Search,
  ): Promise<Page<Application> | undefined>;
  /** Endpoints that fail now, or are disabled: the newest. */
  unwellEndpoints(organizationId: string, rowsMax: number): Promise<Page<UnwellEndpoint>>;
  /** What was sent, and what came of it, in each of the spans. */
  countRecent(organizationId: string, spans: readonly TimeSpan[]): Promise<RecentCounts>;
};

export type Search = {
  readonly beginning: string;
  /** Those that come after the one with this id. */
  readonly after?: string;
  readonly rowsMax: number;
};

export type UnwellEndpoint = {
  readonly endpoint: Endpoint;
  readonly application: Pick<Application, "id" | "uid" | "name">;
};

export type RecentCounts = {
  readonly spans: readonly {
    readonly messages: number;
    readonly succeeded: number;
    readonly failed: number;
  }[];
  /** false: there are so many that only a part of them was counted. */
  readonly isExact: boolean;
};
