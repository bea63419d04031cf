import { useInfiniteQuery, type QueryKey } from "@tanstack/react-query";

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
    loadMore: () => void query.fetchNextPage(),
    refresh: () => void query.refetch(),
  };
}
