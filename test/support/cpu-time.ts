/** Starts a stopwatch that counts the CPU milliseconds of this thread: a busy machine does not change them. */
export function startCpuTimer(): () => number {
  const start = process.threadCpuUsage();
  return () => {
    const { user, system } = process.threadCpuUsage(start);
    return (user + system) / 1000;
  };
}
