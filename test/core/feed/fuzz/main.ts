import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { runCase } from "./run.ts";

interface Order {
  readonly first: number;
  readonly cases: number;
  /** The seed at work, so that the watching thread can name one that hangs. */
  readonly current: Int32Array;
}
interface Result {
  readonly counts: Readonly<Record<"read" | "refused" | "failed", number>>;
  readonly slowest: { readonly seed: number; readonly milliseconds: number };
  /** Megabytes of heap after a collection. */
  readonly memory: readonly number[];
}

const hangAfter = 30_000;
const slowAfter = 5000;

async function work({ first, cases, current }: Order): Promise<Result> {
  const counts = { read: 0, refused: 0, failed: 0 };
  const memory: number[] = [];
  let slowest = { seed: first, milliseconds: 0 };
  for (let seed = first; seed < first + cases; seed++) {
    Atomics.store(current, 0, seed);
    const { verdict, milliseconds, reason } = await runCase(seed);
    counts[verdict]++;
    if (verdict === "failed") console.error(`seed ${seed} failed: ${reason}`);
    if (milliseconds > slowest.milliseconds) slowest = { seed, milliseconds };
    if ((seed - first) % Math.ceil(cases / 20) === 0) {
      globalThis.gc?.();
      memory.push(Math.round(process.memoryUsage().heapUsed / 1e5) / 10);
    }
  }
  return { counts, slowest, memory };
}

function watch(current: Int32Array): NodeJS.Timeout {
  let last = -1;
  let since = performance.now();
  return setInterval(() => {
    const seed = Atomics.load(current, 0);
    if (seed !== last) [last, since] = [seed, performance.now()];
    if (performance.now() - since < hangAfter) return;
    console.error(`seed ${seed} hangs`);
    process.exit(1);
  }, 1000);
}

function report({ counts, slowest, memory }: Result, first: number, cases: number, seconds: number): void {
  console.log(
    `${cases} cases from seed ${first} in ${seconds.toFixed(0)} s: ${counts.read} read, ${counts.refused} refused with a SnapshotError, ${counts.failed} failed`,
  );
  console.log(
    `slowest: seed ${slowest.seed}, ${slowest.milliseconds.toFixed(0)} ms; peak resident ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
  );
  console.log(`heap after a collection, MB, at each twentieth: ${memory.join(" ")}`);
  const grows = Math.max(...memory.slice(5)) > (memory[4] ?? Infinity) * 1.5 + 10;
  if (grows) console.error("memory grows");
  if (counts.failed > 0 || slowest.milliseconds > slowAfter || grows) process.exitCode = 1;
}

if (isMainThread) {
  const { values } = parseArgs({
    options: { cases: { type: "string", default: "200000" }, seed: { type: "string", default: "1" } },
  });
  const order: Order = {
    first: Number(values.seed),
    cases: Number(values.cases),
    current: new Int32Array(new SharedArrayBuffer(4)),
  };
  const started = performance.now();
  const worker = new Worker(new URL(import.meta.url), { workerData: order });
  const timer = watch(order.current);
  worker.on("message", (result: Result) =>
    report(result, order.first, order.cases, (performance.now() - started) / 1000),
  );
  worker.on("exit", () => clearInterval(timer));
} else {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(await work(workerData as Order));
}
