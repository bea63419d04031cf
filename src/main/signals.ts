export type StopSignal = {
  /** Resolves at the first SIGINT or SIGTERM after `isRunning`. */
  readonly requested: Promise<void>;
  /** From now on there is something to drain. Before, a signal ends the process at once. */
  isRunning(): void;
};

const EXIT_CODE = 130;

/**
 * Who sends a second signal while we drain does not want to wait: what is under way is then made
 * again by its workflow.
 */
export function listenForStop(): StopSignal {
  const { promise: requested, resolve } = Promise.withResolvers<undefined>();
  let endsAtOnce = true;
  const onSignal = (): void => {
    if (endsAtOnce) process.exit(EXIT_CODE);
    endsAtOnce = true;
    resolve(undefined);
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return { requested, isRunning: () => (endsAtOnce = false) };
}
