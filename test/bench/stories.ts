import { groupStories } from "../../functions/core/message/stories.ts";
import { type Half, labelledItems, languages } from "../core/message/stories/labelled.ts";
import { type Measure, measureHalf } from "../core/message/stories/measure.ts";

/**
 * Prints what `groupStories` reaches on a half of the labelled items, by language and by kind of pair, and its time for
 * 500 items. Usage: `npx node test/bench/stories.ts [development|test]`
 */
const items = 500;
const rounds = 40;

const percent = (part: number, whole: number): string =>
  whole === 0 ? "-" : `${((100 * part) / whole).toFixed(0)} %`;
const row = (name: string, { right, wrong, all }: Measure): string =>
  `| ${name} | ${percent(right, right + wrong)} | ${percent(right, all)} | ${right} of ${all}, ${wrong} wrong |`;

const half: Half = process.argv[2] === "test" ? "test" : "development";
const { total, languages: byLanguage, kinds, mistakes } = measureHalf(half);
console.log(`\n${half}\n\n| | precision | recall | pairs |\n| --- | --- | --- | --- |`);
console.log(row("all", total));
for (const [name, measure] of Object.entries(byLanguage)) console.log(row(name, measure));
for (const [name, { right, all }] of Object.entries(kinds))
  console.log(`| ${name} | | ${percent(right, all)} | ${right} of ${all} |`);
const kindsOfMistakes = Object.entries(Object.groupBy(mistakes, (titles) => titles.split(":", 1)[0]!));
console.log(
  `wrong: ${kindsOfMistakes.map(([kind, list]) => `${kind} ${list?.length}`).join(", ") || "none"}`,
);

const reports = languages.flatMap((language) => labelledItems("development", language)).slice(0, items);
const milliseconds = Array.from({ length: rounds }, () => {
  const before = process.cpuUsage();
  groupStories(reports);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
});
const sorted = milliseconds.slice(rounds / 2).sort((a, b) => a - b);
console.log(
  `\n${reports.length} items: first ${milliseconds[0]!.toFixed(0)} ms, then median ${sorted[sorted.length / 2]!.toFixed(0)} ms of CPU time`,
);
