import { readFileSync } from "node:fs";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import type { LocalStack } from "../../infra/local/local-stack.ts";
import type { Invocation } from "../../infra/local/lambda/function-process.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { prices } from "../../functions/core/cost/prices.ts";
import { feed, numbers } from "./path/feed.ts";

/** Megabytes at which a function has one virtual processor (AWS Lambda Developer Guide, 'Configure Lambda function memory'). */
const oneProcessor = 1_769;

const sizes = [256, 512, 1_024, 1_769];

/** Snapshots with one new entry each. */
const snapshots = 40;

interface Measured extends Invocation {
  /** Processor time, milliseconds. */
  readonly processor: number;
}

const functions = ["Ingest", "Deliver", "Digest", "Watch"] as const;

/**
 * Runs each function on the local stack and prints what it needs: the highest memory of a process, and for each size of
 * memory the duration and the price of a usual invocation. A model: the time in which a function waits is the same for
 * each size, and its processor time grows as Lambda gives it less of a processor.
 */
export async function benchMemory(): Promise<void> {
  const measured: Measured[] = [];
  /** Processor time of each process at the end of its last invocation. */
  const before = new Map<number, number>();
  const stack = await startLocalStack({
    configuration: parseConfiguration({
      audiences: [
        { name: "alerts", mode: "alerts", digestItems: 50 },
        { name: "digest", mode: "digest" },
        { name: "morning", mode: "digest", schedule: "daily 07:00" },
      ],
    }),
    onInvocation: (invocation) => {
      const total = processorTime(invocation.pid);
      const processor = total - (before.get(invocation.pid) ?? total);
      if (before.has(invocation.pid)) measured.push({ ...invocation, processor });
      before.set(invocation.pid, total);
    },
  });
  let peaks: readonly (readonly [name: string, megabytes: number])[];
  try {
    await usual(stack);
    const count = measured.length;
    await large(stack);
    const all = stack.invocations;
    peaks = functions.map((name) => [
      name,
      Math.max(...ofFunction(all, name).map(({ memoryMegabytes }) => memoryMegabytes)),
    ]);
    measured.length = count;
  } finally {
    await stack.stop();
  }
  console.log(
    `\n## Memory\n\nUsual: a snapshot of 100 entries with one new entry, a slot with one entry, an hourly run of watch; medians. Highest memory: with one snapshot of 10,000 new entries and its digest.\n`,
  );
  const columns = sizes.map((size) => `${size} MB: ms, USD per million`).join(" | ");
  console.log(`| function | highest memory, MB | processor, ms | waiting, ms | ${columns} |`);
  console.log(`|---|---|---|---|${sizes.map(() => "---|").join("")}`);
  for (const [name, peak] of peaks) {
    const own = ofFunction(measured, name);
    const processor = median(own.map((one) => one.processor));
    const waiting = Math.max(0, median(own.map((one) => one.milliseconds)) - processor);
    const cells = sizes.map((size) => {
      const milliseconds = waiting + processor * Math.max(1, oneProcessor / size);
      const gigabyteSeconds = (milliseconds / 1000) * (size / 1024);
      // Both prices are per million.
      const usd = gigabyteSeconds * prices.lambdaGigabyteSecond.usd + prices.lambdaRequest.usd;
      return `${milliseconds.toFixed(0)}, ${usd.toFixed(2)}`;
    });
    const cellsBefore = [peak, processor, waiting].map((value) => value.toFixed(0));
    console.log(`| ${[name.toLowerCase(), ...cellsBefore, ...cells].join(" | ")} |`);
  }
}

async function usual(stack: LocalStack): Promise<void> {
  const put = async (n: number) => {
    await stack.uploader.put("snapshots/usual/latest.xml", feed("usual", { count: 100, from: n, built: n }));
    await stack.idle({ timeoutSeconds: 300 });
  };
  for (const n of numbers(snapshots)) {
    await put(n);
    if (n % 8 === 0) for (const { name } of stack.schedules()) await stack.fireSchedule(name);
    await stack.idle({ timeoutSeconds: 300 });
  }
}

async function large(stack: LocalStack): Promise<void> {
  await stack.uploader.put("snapshots/large/latest.xml", feed("large", { count: 10_000 }));
  await stack.idle({ timeoutSeconds: 600 });
  for (const { name } of stack.schedules()) await stack.fireSchedule(name);
  await stack.idle({ timeoutSeconds: 600 });
}

const ofFunction = <T extends Invocation>(invocations: readonly T[], name: string): readonly T[] =>
  invocations.filter(({ functionName }) => functionName.includes(name));

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Processor time of a process so far, milliseconds (proc(5): fields 14 and 15 of `stat`, in ticks of 10 ms). */
function processorTime(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return 10 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return 0;
  }
}
