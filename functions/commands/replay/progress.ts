import { Presets, SingleBar } from "cli-progress";

export interface ProgressBar {
  step(): void;
  stop(): void;
}

/** A progress bar on a terminal's standard error; nothing where that is no terminal. */
export function startProgress(total: number, stream: NodeJS.WriteStream): ProgressBar {
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
      // The queue counts its messages only about.
      if (bar.getProgress() >= 1) bar.setTotal(bar.getTotal() + 1);
      bar.increment();
    },
    stop: () => bar.stop(),
  };
}
