import type { LocalStack } from "./local-stack.ts";

/** Prints a line every few seconds while an invocation takes long, such as the one that reads a large snapshot. */
export function watchProgress(
  stack: Pick<LocalStack, "waiting"> & {
    readonly processes: readonly Pick<LocalStack["processes"][number], "busy" | "traceId">[];
  },
  print: (line: string) => void,
  seconds = 5,
): { close(): void } {
  /** Invocations that ran at the last look. */
  let before = new Set<string | undefined>();
  let isClosed = false;

  async function look(): Promise<void> {
    const running = stack.processes.filter(({ busy }) => busy).map(({ traceId }) => traceId);
    const isLong = running.some((id) => before.has(id));
    before = new Set(running);
    if (!isLong) return;
    const { length } = await stack.waiting();
    const functions = running.length === 1 ? "1 function runs" : `${running.length} functions run`;
    const messages = length === 1 ? "1 message is" : `${length} messages are`;
    if (!isClosed) print(`working: ${functions}, ${messages} in the queues`);
  }

  // A stack that stops meanwhile has nothing to show.
  const timer = setInterval(() => void look().catch(() => undefined), seconds * 1000);
  return {
    close() {
      isClosed = true;
      clearInterval(timer);
    },
  };
}
