import { expect, test } from "vitest";
import type { Rules } from "../../../functions/core/configuration.ts";
import type { Entry } from "../../../functions/core/feed/entry.ts";
import { loadPatterns } from "../../../functions/core/routing/patterns.ts";
import { subjectOf } from "../../../functions/core/routing/rule-subject.ts";
import { judge } from "../../../functions/core/routing/rules.ts";
import { chance, type Chance } from "../../simulation/random.ts";
import { startCpuTimer } from "../../support/cpu-time.ts";
import { audience } from "../../support/fake-system.ts";

const now = Date.UTC(2026, 10, 26);
const words = ["ferry", "Tram", "HARBOUR", "bridge", "été", "Łódź", "café", "2026", "straße"];
/** What entries contain besides: other spellings, and words that only begin or end like those. */
const others = ["Lodz", "cafe", "strasse", "ferryboat", "tramway", "preharbour"];
const han = ["大桥", "通车", "海湾", "提前"];
const feeds = ["harbour", "city-desk", "city-hall", "news.example.org"];
const hosts = ["example.org", "news.example.org", "example.com", "badexample.org"];
const languages = ["en", "zh", "de"];
const expressions = ["ferr(y|ies)", "^tram", "\\d{4}$", "大.{0,2}车", "bridge|harbour"];

interface Case {
  readonly entry: Entry;
  readonly feed: string;
  readonly language: string | undefined;
  readonly text: string;
}

function phrase({ pick, below }: Chance): string {
  const count = below(6);
  return Array.from({ length: count }, () => pick([...words, ...others, ...han]))
    .map((word) => (below(2) === 0 ? word : word.toUpperCase()))
    .join(pick([" ", ", ", " – ", "-"]));
}

function randomCase(by: Chance): Case {
  const { pick, below } = by;
  const days = below(41);
  return {
    feed: pick(feeds),
    language: pick([...languages, ""]) || undefined,
    text: phrase(by),
    entry: {
      title: phrase(by),
      dateSource: "missing",
      authors: below(2) === 0 ? [] : [phrase(by)],
      categories: Array.from({ length: below(3) }, () => pick(words)),
      ...(below(4) > 0 && { published: new Date(now - days * 86_400_000).toISOString() }),
      ...(below(4) > 0 && { link: `https://${pick(hosts)}/a` }),
    },
  };
}

function randomRules(by: Chance, depth = 0): Rules {
  const { pick, below } = by;
  const some = <T>(from: readonly T[]): readonly T[] =>
    Array.from({ length: 1 + below(2) }, () => pick(from));
  const nested = () => randomRules(by, depth + 1);
  const makers: readonly (() => Rules)[] = [
    () => ({ include: some([...words, ...han]), in: pick(["title", "text", "both"] as const) }),
    () => ({ include: some(words.map((word) => `${word} ${pick(words)}`)) }),
    () => ({ exclude: some([...words, ...han]) }),
    () => ({ matches: some(expressions), in: "title" }),
    () => ({ feeds: some([...feeds, "city*", "*org", "*"]) }),
    () => ({ languages: some(languages) }),
    () => ({ authors: some(words) }),
    () => ({ categories: some(words) }),
    () => ({ hosts: some(hosts) }),
    () => ({ maximumAgeDays: 1 + below(31) }),
  ];
  const branches: readonly (() => Rules)[] = [
    () => ({ any: [nested(), nested()] }),
    () => ({ all: [nested(), nested()] }),
    () => ({ not: nested() }),
  ];
  const chosen = depth < 4 ? [...makers, ...branches, ...branches] : makers;
  return Object.assign({}, ...Array.from({ length: 1 + below(2) }, () => pick(chosen)())) as Rules;
}

/** Written without regard to speed and without any of the code under test: 1 true, 0 false, 0.5 unknown. */
function naive(rules: Rules, one: Case): number {
  const plain = (text: string) => {
    const marks = /[\u0300-\u036f]/g;
    const lower = text.toLowerCase().normalize("NFD").replace(marks, "");
    return lower.replaceAll("ß", "ss").replaceAll("ł", "l");
  };
  const tokens = (text: string) =>
    ` ${
      plain(text)
        .match(/[a-z0-9]+|[^a-z0-9]+/g)
        ?.map((piece) => (/[a-z0-9]/.test(piece) ? piece : `<${piece}>`))
        .join(" ") ?? ""
    } `;
  const has = (text: string, word: string) =>
    /[a-z0-9]/.test(plain(word)) ? tokens(text).includes(tokens(word)) : plain(text).includes(plain(word));
  const { entry } = one;
  const everywhere = [entry.title, ...entry.authors, ...entry.categories, one.text];
  const where = {
    title: [entry.title],
    text: [one.text],
    both: [entry.title, one.text],
  };
  const texts = rules.in === undefined ? everywhere : where[rules.in];
  const truths: number[] = [];
  const add = (isTrue: boolean) => truths.push(isTrue ? 1 : 0);
  if (rules.feeds)
    add(
      rules.feeds.some((glob) =>
        new RegExp(`^${glob.replaceAll(".", "\\.").replaceAll("*", ".*")}$`).test(one.feed),
      ),
    );
  if (rules.languages)
    truths.push(one.language === undefined ? 0.5 : rules.languages.includes(one.language) ? 1 : 0);
  if (rules.maximumAgeDays !== undefined)
    truths.push(
      entry.published === undefined
        ? 0.5
        : now - Date.parse(entry.published) <= rules.maximumAgeDays * 86_400_000
          ? 1
          : 0,
    );
  if (rules.hosts) {
    const labels = entry.link === undefined ? [] : new URL(entry.link).hostname.split(".").toReversed();
    add(
      rules.hosts.some((host) =>
        host
          .split(".")
          .toReversed()
          .every((label, i) => labels[i] === label),
      ),
    );
  }
  if (rules.authors) add(rules.authors.some((name) => entry.authors.some((author) => has(author, name))));
  if (rules.categories)
    add(rules.categories.some((name) => entry.categories.map(plain).includes(plain(name))));
  if (rules.include) add(rules.include.some((word) => texts.some((text) => has(text, word))));
  if (rules.exclude) add(!rules.exclude.some((word) => texts.some((text) => has(text, word))));
  if (rules.matches)
    add(rules.matches.some((source) => texts.some((text) => new RegExp(source, "iu").test(text))));
  if (rules.any) truths.push(Math.max(...rules.any.map((nested) => naive(nested, one))));
  for (const nested of rules.all ?? []) truths.push(naive(nested, one));
  if (rules.not) truths.push(1 - naive(rules.not, one));
  return Math.min(1, ...truths);
}

test("random rules agree with a naive evaluation, for random entries", { timeout: 600_000 }, async () => {
  const by = chance(26);
  const cases = Array.from({ length: 10_000 }, () => randomCase(by));
  const patterns = await loadPatterns([
    audience({ name: "a", mode: "alerts", rules: { matches: expressions } }),
  ]);
  const perTree = process.env["THOROUGH"] === undefined ? 2 : 100;
  const different: unknown[] = [];
  const outcomes = { accepted: 0, skipped: 0 };
  for (let tree = 0; tree < 10_000; tree += 1) {
    const rules = randomRules(by);
    for (let i = 0; i < perTree; i += 1) {
      const one = cases[(tree + i * 7) % cases.length];
      if (!one) continue;
      const { entry, feed, language, text } = one;
      const subject = subjectOf(entry, { feed, now, text: () => text, language: () => language });
      const { outcome } = judge(rules, subject, patterns);
      outcomes[outcome] += 1;
      if ((outcome === "skipped") !== (naive(rules, one) === 0)) different.push({ rules, one, outcome });
    }
  }
  expect(different.slice(0, 3)).toEqual([]);
  expect(Math.min(outcomes.accepted, outcomes.skipped)).toBeGreaterThan(perTree * 2_000);
});

test("a hostile expression takes time in proportion to the text", async () => {
  const hostile = ["(a+)+$", "(a|a)*b", "(.*)*x", "(\\p{L}+\\s?)+!", "(a?){30}a{30}b"];
  const patterns = await loadPatterns([audience({ name: "a", mode: "alerts", rules: { matches: hostile } })]);
  const texts = ["a".repeat(100_000), `${"a".repeat(16_000)}!`, "a ".repeat(8_000)];
  const stop = startCpuTimer();
  for (const pattern of patterns.values()) for (const text of texts) pattern(text);
  // A backtracking engine would need longer than the universe exists.
  expect(stop()).toBeLessThan(20_000);
});
