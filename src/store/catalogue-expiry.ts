/**
 * Deletes what has passed its time, at most `rowsMax` rows of it, and answers how many there were.
 * Processes that do so at once share the rows: none waits for another.
 */
export type DeleteExpired = (nowMs: number, rowsMax: number) => Promise<number>;

/** By what is deleted. */
export type Expiry = Readonly<Record<"payloads" | "calls" | "plays", DeleteExpired>>;
