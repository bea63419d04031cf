/**
 * Resolves at the first SIGINT or SIGTERM. Who sends a second one while we drain does not want to
 * wait, and what is under way is made again by its workflow.
 */
export function stopRequested(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let first = true;
    const onSignal = (signal: NodeJS.Signals): void => {
      if (!first) process.exit(130);
      first = false;
      resolve(signal);
    };
    process.on("SIGINT", onSignal);
    process.on("SIGTERM", onSignal);
  });
}
