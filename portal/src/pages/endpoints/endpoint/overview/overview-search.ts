import { readFilters, type Filters } from "../../../../components/filters/filters.ts";

export const STATS_DAYS = [1, 7, 28] as const;
export type StatsDays = (typeof STATS_DAYS)[number];

/** Of the list of attempts, below the statistics: what a URL's hash names to show it. */
export const ATTEMPTS = "attempts";

export type OverviewSearch = Filters & {
  /** Of the statistics; without it, 28. */
  readonly days?: StatsDays;
  /** The attempt that is shown beside the list, and its message. */
  readonly attempt?: string;
  readonly message?: string;
};

/** For `validateSearch`. What is not as it should be is passed over. */
export function readOverviewSearch(search: Readonly<Record<string, unknown>>): OverviewSearch {
  const { days, attempt, message } = search;
  const knownDays = STATS_DAYS.find((one) => one === days && one !== 28);
  const isShown = typeof attempt === "string" && typeof message === "string";
  return {
    ...readFilters(search),
    ...(knownDays !== undefined && { days: knownDays }),
    ...(isShown && { attempt, message }),
  };
}
