import {
  defineSearchAttributeKey,
  SearchAttributeType,
  TypedSearchAttributes,
} from "@temporalio/common";
import { APPLICATION_ATTRIBUTE, MESSAGE_ATTRIBUTE } from "../../workflows/contract.ts";

/** Starts workflows with search attributes, where the server knows ours. */
export type Searchable = {
  /** `start` is called again without them if the server refuses them. */
  start<Result>(found: Found, start: (options: SearchOptions) => Promise<Result>): Promise<Result>;
};

/** By what a workflow is found. */
export type Found = {
  readonly messageIds: readonly string[];
  readonly applicationIds: readonly string[];
};

export type SearchOptions = { readonly typedSearchAttributes?: TypedSearchAttributes };

/** A server refuses longer values (`frontend.searchAttributesSizeOfValueLimit` is 2 KB). */
const ATTRIBUTE_BYTES_MAX = 1_800;
/** A server may take a minute until it knows attributes that were added. */
const SEARCH_AGAIN_MS = 60_000;

const MESSAGES = defineSearchAttributeKey(MESSAGE_ATTRIBUTE, SearchAttributeType.KEYWORD_LIST);
const APPLICATIONS = defineSearchAttributeKey(
  APPLICATION_ATTRIBUTE,
  SearchAttributeType.KEYWORD_LIST,
);

/** `ensure` registers our search attributes where they are missing: whether they are known now. */
export async function createSearchable(ensure: () => Promise<boolean>): Promise<Searchable> {
  let canBeSearched = await ensure();

  /** For a server that was replaced by an empty one, or does not act yet on what we registered. */
  function searchLater(): void {
    canBeSearched = false;
    const again = async (): Promise<void> => void (canBeSearched = await ensure());
    setTimeout(() => void again(), SEARCH_AGAIN_MS).unref();
  }

  return {
    async start(found, start) {
      if (!canBeSearched) return start({});
      return start(searchOptions(found)).catch(async (error: unknown) => {
        if (!isAboutSearchAttributes(error)) throw error;
        searchLater();
        return start({});
      });
    },
  };
}

function isAboutSearchAttributes(error: unknown): boolean {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  return /search attribute/i.test(`${message} ${cause instanceof Error ? cause.message : ""}`);
}

function searchOptions({ messageIds, applicationIds }: Found): SearchOptions {
  const applications = [...new Set(applicationIds)];
  const fits = [messageIds, applications].every((ids) => ids.join().length <= ATTRIBUTE_BYTES_MAX);
  if (!fits) return {};
  const typedSearchAttributes = new TypedSearchAttributes([
    ...(messageIds.length === 0 ? [] : [{ key: MESSAGES, value: [...messageIds] }]),
    ...(applications.length === 0 ? [] : [{ key: APPLICATIONS, value: applications }]),
  ]);
  return { typedSearchAttributes };
}
