import {
  useInfiniteQuery,
  type InfiniteData,
  type QueryKey,
  type UseInfiniteQueryResult,
} from "@tanstack/react-query";

type Page<Row> = {
  readonly data: readonly Row[];
  readonly done: boolean;
  readonly iterator: string | null;
};

export type Pages<Row> = {
  readonly rows: readonly Row[];
  readonly isLoading: boolean;
  readonly error: Error | null;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly isRefreshing: boolean;
  loadMore(): void;
  refresh(): void;
};

const TRIES_MAX = 10;

/** A list of the API, page after page: `load` asks for the page after `iterator`. */
export function usePages<Row>(
  queryKey: QueryKey,
  load: (iterator: string | undefined) => Promise<Page<Row>>,
): Pages<Row> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page.done ? undefined : (page.iterator ?? undefined)),
  });
  return {
    rows: query.data?.pages.flatMap(({ data }) => data) ?? [],
    isLoading: query.isPending,
    error: query.error,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    isRefreshing: query.isRefetching,
    loadMore: () => void loadNext(query),
    refresh: () => void query.refetch(),
  };
}

/**
 * Who asks for all pages anew meanwhile, as when the window is looked at again, breaks off what is
 * under way. Then the next page is asked for once more: who clicked is to see it.
 */
async function loadNext<Row>({
  data,
  fetchNextPage,
}: UseInfiniteQueryResult<InfiniteData<Page<Row>>>): Promise<void> {
  const loaded = data?.pages.length ?? 0;
  for (let triesLeft = TRIES_MAX; triesLeft > 0; triesLeft--) {
    const result = await fetchNextPage();
    const isThere = (result.data?.pages.length ?? 0) > loaded;
    if (isThere || result.isError || !result.hasNextPage) return;
  }
}
