/** Does `work` with each item, with `lanes` of them at a time. Rejects when all have ended. */
export async function inLanes<Item>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  const lane = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  const settled = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const one of settled) if (one.status === "rejected") throw one.reason;
}
