/**
 * Does `work` whenever the page is seen, until it is hidden or left; its signal says when to end. A browser keeps at
 * most six connections to a server that speaks HTTP/1.1, and does not end those of pages to which one can go back:
 * a stream for each of them would leave none to load the seventh page with. Answers how to stop for good.
 */
export function whileSeen(work: (signal: AbortSignal) => void): () => void {
  let current: AbortController | undefined;
  const end = () => {
    current?.abort();
    current = undefined;
  };
  const follow = () => {
    if (document.visibilityState === "hidden") return end();
    if (current !== undefined) return;
    current = new AbortController();
    work(current.signal);
  };
  const listening = new AbortController();
  document.addEventListener("visibilitychange", follow, { signal: listening.signal });
  addEventListener("pagehide", end, { signal: listening.signal });
  addEventListener("pageshow", follow, { signal: listening.signal });
  follow();
  return () => {
    listening.abort();
    end();
  };
}
