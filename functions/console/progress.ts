import { Presets, SingleBar } from "cli-progress";
import { endActivity } from "./activity.ts";

export interface ProgressBar {
  step(): void;
  stop(): void;
}

/** Shows a progress bar if the stream is a terminal. */
export function startProgress(total: number, stream: NodeJS.WriteStream): ProgressBar {
  endActivity();
  if (!stream.isTTY) return { step: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    {
      stream,
      format: "  {bar} {value} of {total}, {eta_formatted} left",
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return {
    step: () => {
      // The queue's count is approximate.
      if (bar.getProgress() >= 1) bar.setTotal(bar.getTotal() + 1);
      bar.increment();
    },
    stop: () => bar.stop(),
  };
}
