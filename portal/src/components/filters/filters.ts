import { PRESETS, spanOf, type TimeRange } from "./time-range.ts";

/** Of messages and attempts, as they stand in the URL's search, so that a view can be shared. */
export type Filters = TimeRange & {
  readonly eventTypes?: readonly string[];
  readonly channel?: string;
  readonly tag?: string;
  readonly status?: FilterStatus;
};

export const FILTER_STATUSES = ["succeeded", "failed", "pending"] as const;
export type FilterStatus = (typeof FILTER_STATUSES)[number];

const STATUS_NUMBERS = { succeeded: 0, pending: 1, failed: 2 } as const;

/** For a route's `validateSearch`. What is not as it should be is passed over. */
export function readFilters(search: Readonly<Record<string, unknown>>): Filters {
  const { eventTypes, channel, tag, preset, after, before, status } = search;
  const names = Array.isArray(eventTypes)
    ? eventTypes.filter((one) => typeof one === "string")
    : [];
  const knownPreset = PRESETS.find((one) => one === preset);
  const knownStatus = FILTER_STATUSES.find((one) => one === status);
  return {
    ...(names.length > 0 && { eventTypes: names }),
    ...textAs("channel", channel),
    ...textAs("tag", tag),
    ...(knownPreset !== undefined && { preset: knownPreset }),
    ...timeAs("after", after),
    ...timeAs("before", before),
    ...(knownStatus !== undefined && { status: knownStatus }),
  };
}

/** As the query of the API's lists of messages and attempts. */
export function queryOf(filters: Filters, nowMs: number) {
  const { eventTypes, channel, tag, status } = filters;
  return {
    ...(eventTypes !== undefined && { event_types: [...eventTypes] }),
    ...(channel !== undefined && { channel }),
    ...(tag !== undefined && { tag }),
    ...(status !== undefined && { status: STATUS_NUMBERS[status] }),
    ...spanOf(filters, nowMs),
  };
}

/** Whether what is made now may be none of those that are listed. */
export function mayLeaveOutNew({ status, preset, before }: Filters): boolean {
  return status !== undefined || preset === "yesterday" || before !== undefined;
}

export function countOf({ eventTypes, channel, tag, preset, after, before }: Filters): number {
  const time = preset ?? after ?? before;
  return [eventTypes, channel, tag, time].filter((one) => one !== undefined).length;
}

function textAs<Name extends string>(name: Name, value: unknown): Partial<Record<Name, string>> {
  return typeof value === "string" && value !== ""
    ? ({ [name]: value } as Record<Name, string>)
    : {};
}

function timeAs<Name extends string>(name: Name, value: unknown): Partial<Record<Name, string>> {
  return typeof value === "string" && !Number.isNaN(Date.parse(value)) ? textAs(name, value) : {};
}
