/**
 * How many milliseconds of a processor this thread has had since then: while others have it, or the
 * machine stands still, this does.
 */
export function startCpuClock(): () => number {
  const before = process.threadCpuUsage();
  return () => {
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1_000;
  };
}
