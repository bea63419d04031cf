/** The lines of ordered endpoints that this process carries at the moment. */
export type LocalLines = {
  /** Has whoever carries it look once more before it ends; false if nobody does here. */
  poke(endpointId: string): boolean;
  /** For whoever is to carry it; undefined if another does. Nobody does any more once disposed. */
  enter(endpointId: string): LocalLine | undefined;
};

export type LocalLine = Disposable & {
  /** Forgets what it was told: what it looks at from now on is newer. */
  begin(): void;
  /** Resolves when it was told something since, at the latest when so much time has passed. */
  news(withinMs: number): Promise<void>;
  /** Carries it no more; false, and it goes on, if it was told something. */
  leave(): boolean;
};

export function createLocalLines(): LocalLines {
  const tell = new Map<string, () => void>();
  return {
    poke(endpointId) {
      const told = tell.get(endpointId);
      told?.();
      return told !== undefined;
    },
    enter(endpointId) {
      if (tell.has(endpointId)) return undefined;
      let hasNews = false;
      let wake: () => void = () => undefined;
      const told = (): void => {
        hasNews = true;
        wake();
      };
      tell.set(endpointId, told);
      const forget = (): void => {
        if (tell.get(endpointId) === told) tell.delete(endpointId);
      };
      return {
        begin: () => void (hasNews = false),
        async news(withinMs) {
          if (hasNews) return;
          const { promise, resolve } = Promise.withResolvers<void>();
          const timer = setTimeout(resolve, withinMs);
          wake = resolve;
          await promise;
          clearTimeout(timer);
        },
        leave() {
          if (!hasNews) forget();
          return !hasNews;
        },
        [Symbol.dispose]: forget,
      };
    },
  };
}
