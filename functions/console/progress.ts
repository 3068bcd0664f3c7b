import { Presets, SingleBar } from "cli-progress";
import { endActivity } from "./activity.ts";

export interface ProgressBar {
  step(): void;
  stop(): void;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Shows a progress bar on standard error: instead of an activity, where the number of steps is known. Only on a terminal,
 * and never with `--json`.
 */
export function startProgress(total: number, { json }: { readonly json?: boolean }): ProgressBar {
  endActivity();
  if (!process.stderr.isTTY || json) return { step: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    {
      stream: process.stderr,
      format: "  {bar} {value} of {total}, {eta_formatted} left",
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  // The bar has hidden the cursor; then the signal ends the process as it would without a bar.
  const interrupt = (signal: NodeJS.Signals) => {
    stop();
    process.kill(process.pid, signal);
  };
  const stop = () => {
    for (const signal of signals) process.off(signal, interrupt);
    bar.stop();
  };
  for (const signal of signals) process.on(signal, interrupt);
  return {
    step: () => {
      // The queue's count is approximate.
      if (bar.getProgress() >= 1) bar.setTotal(bar.getTotal() + 1);
      bar.increment();
    },
    stop,
  };
}
