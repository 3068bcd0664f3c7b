import { conflicts } from "./evidence.ts";
import type { ReportBatch, Profile } from "./profiles.ts";
import { paragraphKey, titleKeys } from "./titles.ts";
import { canonicalLink } from "../../dedupe/canonical-link.ts";

/** Two reports, by their indexes in the batch. */
export type Pair = readonly [first: number, second: number];

/** Reports with one title, first paragraph or link that are compared with each other. */
const maxAlike = 50;

/** Letters and digits from which a title is not shared by chance, in scripts with and without spaces between words. */
const minTitle = { spaced: 20, spaceless: 9 } as const;

/** Hours within which a feed repeats an entry; later, an equal title is a regular column. */
const maxHoursInFeed = 36;

const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/**
 * Pairs of syndicated copies: the same title but for the site's name, the same first paragraph, or the same page. An
 * equal title is not enough where it is short or names nothing ("Morning briefing"): then the texts must agree too.
 */
export function copiesIn(batch: ReportBatch): readonly Pair[] {
  const { profiles } = batch;
  const alike = new Map<string, number[]>();
  for (const [at, profile] of profiles.entries())
    for (const key of new Set(keysOf(profile))) {
      const members = alike.get(key);
      if (!members) alike.set(key, [at]);
      else if (members.length < maxAlike) members.push(at);
    }
  const pairs = new Map<string, Pair>();
  for (const [key, members] of alike)
    for (let i = 1; i < members.length; i++)
      for (let j = 0; j < i; j++) {
        const [first, second] = [members[j]!, members[i]!];
        const id = `${first} ${second}`;
        if (!pairs.has(id) && isCopy(key[0]!, [profiles[first]!, profiles[second]!], batch))
          pairs.set(id, [first, second]);
      }
  return [...pairs.values()];
}

function keysOf({ title, language, report }: Profile): string[] {
  const keys = titleKeys(title)
    .filter((key) => key !== "")
    .map((key) => `t ${language} ${key}`);
  const paragraph = paragraphKey(report.summary);
  if (paragraph !== undefined) keys.push(`p ${language} ${paragraph}`);
  const link = report.link === undefined ? "" : canonicalLink(report.link);
  // A link to a site's front page says nothing about the report.
  if (link.includes("/")) keys.push(`l ${language} ${link}`);
  return keys;
}

function isCopy(kind: string, [a, b]: readonly [Profile, Profile], batch: ReportBatch): boolean {
  if (conflicts(a, b)) return false;
  const overlap = overlapOf(a.terms, b.terms, batch);
  if (a.report.feed === b.report.feed) {
    // Without dates, only a title that no regular column has, and the same text, show that the feed repeats an entry.
    const isSoon =
      a.time === undefined || b.time === undefined
        ? isTelling(a, batch) && a.report.summary !== "" && b.report.summary !== ""
        : Math.abs(a.time - b.time) <= maxHoursInFeed * 3_600_000;
    return isSoon && kind === "t" && overlap >= 0.9;
  }
  if (kind === "l") return overlapOf(a.titleTerms, b.titleTerms, batch) >= 0.5;
  if (kind === "p") return overlap >= 0.5;
  return isTelling(a, batch) || overlap >= 0.5;
}

/** Whether a title is long enough and names something, so that two reports do not share it by chance. */
function isTelling(report: Profile, batch: ReportBatch): boolean {
  const letters = report.title.replace(/[^\p{L}\p{N}]/gu, "").length;
  const min = spaceless.test(report.title) ? minTitle.spaceless : minTitle.spaced;
  return letters >= min && namesSomething(report, batch);
}

/** Whether a title has a name or a number, or is in a script that does not show which words are names. */
const namesSomething = ({ title, titleTerms }: Profile, { terms }: ReportBatch): boolean =>
  spaceless.test(title) || titleTerms.some((index) => terms[index]!.isName || terms[index]!.isNumber);

/** The part of the smaller list's weight that both have; 0 where one is empty. */
function overlapOf(a: readonly number[], b: readonly number[], { terms }: ReportBatch): number {
  const others = new Set(b);
  const weigh = (indexes: readonly number[]): number =>
    indexes.reduce((sum, index) => sum + terms[index]!.weight, 0);
  const smaller = Math.min(weigh(a), weigh(b));
  return smaller === 0 ? 0 : weigh(a.filter((index) => others.has(index))) / smaller;
}
