import { createReadStream, readFileSync, statSync } from "node:fs";
import { libraries, type FeedInput, type Seen } from "./libraries.ts";

/** Result of one process, which runs a library several times over some files. */
export interface Measured {
  readonly milliseconds: readonly number[];
  /** CPU time of each run, all threads together; varies less than wall-clock time on a busy machine. */
  readonly processor: readonly number[];
  readonly seen: Seen;
  readonly failures: number;
  /** Megabytes. */
  readonly peak: number;
}

/** Larger files are streamed from disk, because their bytes would count as memory of the reader. */
const maxInMemory = 8 * 1024 ** 2;

async function* slices(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

const [name, runs, ...files] = process.argv.slice(2);
const library = libraries.find((one) => one.name === name);
if (library === undefined) throw new Error(`no library is called ${name}`);
await library.load();
const inputs = files.map((path): FeedInput => {
  const isLarge = library.streams === true && statSync(path).size > maxInMemory;
  const bytes = isLarge ? undefined : readFileSync(path);
  return {
    path,
    bytes: () => bytes ?? readFileSync(path),
    chunks: () => (bytes ? slices(bytes) : createReadStream(path)),
  };
});
const milliseconds: number[] = [];
const processor: number[] = [];
let seen: Seen = { count: 0, firstTitle: "", lastTitle: "", lastLink: "", body: 0 };
let failures = 0;
/** Slow libraries run less often, because their results vary less. */
const patience = 12_000;
const begun = performance.now();
for (let run = 0; run < Number(runs) && (run < 3 || performance.now() - begun < patience); run++) {
  seen = { count: 0, firstTitle: "", lastTitle: "", lastLink: "", body: 0 };
  failures = 0;
  const before = process.cpuUsage();
  const started = performance.now();
  for (const input of inputs) {
    try {
      await library.read(input, seen);
    } catch {
      failures++;
    }
  }
  milliseconds.push(performance.now() - started);
  const { user, system } = process.cpuUsage(before);
  processor.push((user + system) / 1000);
}
const measured: Measured = {
  milliseconds,
  processor,
  seen,
  failures,
  peak: Math.round(process.resourceUsage().maxRSS / 1024),
};
console.log(JSON.stringify(measured));
