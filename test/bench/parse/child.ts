import { libraries, type Seen } from "./libraries.ts";

/** What one process found: a library over some files, several times. */
export interface Measured {
  readonly milliseconds: readonly number[];
  readonly seen: Seen;
  readonly failures: number;
  /** Megabytes. */
  readonly peak: number;
}

const [name, runs, ...files] = process.argv.slice(2);
const library = libraries.find((one) => one.name === name);
if (library === undefined) throw new Error(`no library is called ${name}`);
await library.load();
const milliseconds: number[] = [];
let seen: Seen = { count: 0, firstTitle: "", lastTitle: "", lastLink: "", body: 0 };
let failures = 0;
for (let run = 0; run < Number(runs); run++) {
  seen = { count: 0, firstTitle: "", lastTitle: "", lastLink: "", body: 0 };
  failures = 0;
  const started = performance.now();
  for (const file of files) {
    try {
      await library.read(file, seen);
    } catch {
      failures++;
    }
  }
  milliseconds.push(performance.now() - started);
}
const measured: Measured = {
  milliseconds,
  seen,
  failures,
  peak: Math.round(process.resourceUsage().maxRSS / 1024),
};
console.log(JSON.stringify(measured));
