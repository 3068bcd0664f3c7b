import { describe, expect, test } from "vitest";
import type { Rules } from "../../../functions/core/configuration.ts";
import type { Entry } from "../../../functions/core/feed/entry.ts";
import { judge, type RuleContext } from "../../../functions/core/routing/rules.ts";
import { audience } from "../../support/fake-system.ts";

const now = Date.UTC(2026, 10, 26, 12);
const day = 86_400_000;

interface Given {
  readonly entry?: Partial<Entry>;
  readonly context?: Partial<RuleContext>;
}

const verdict = (rules: Rules, { entry, context }: Given = {}) =>
  judge(
    { title: "", dateSource: "missing", authors: [], categories: [], ...entry },
    audience({ name: "readers", mode: "alerts", rules }),
    { feed: "harbour", now, text: () => "", language: () => undefined, ...context },
  );

const accepted = { outcome: "accepted" };
const skipped = (reason: string) => ({ outcome: "skipped", reason });
const notCalled = (): never => {
  throw new Error("This value is not needed.");
};

test("without rules every entry is accepted, and nothing is computed for it", () => {
  expect(verdict({}, { context: { text: notCalled, language: notCalled } })).toEqual(accepted);
});

describe("maximumAgeDays", () => {
  const published = (age: number) => ({ entry: { published: new Date(now - age).toISOString() } });
  const rules = { maximumAgeDays: 7 };

  test.each([
    ["a day in the future", -day],
    ["published now", 0],
    ["exactly 7 days old", 7 * day],
    ["one millisecond less than 8 days old", 8 * day - 1],
  ])("accepts an entry that is %s", (_, age) => {
    expect(verdict(rules, published(age))).toEqual(accepted);
  });

  test.each([
    ["8 days old", 8 * day, 8],
    ["1,000 days old", 1000 * day, 1000],
  ])("skips an entry that is %s", (_, age, days) => {
    expect(verdict(rules, published(age))).toEqual(skipped(`it is ${days} days old; the limit is 7`));
  });

  test("uses the date of publication, not that of the last update", () => {
    const recent = new Date(now).toISOString();
    const old = new Date(now - 30 * day).toISOString();
    expect(verdict(rules, { entry: { published: old, updated: recent } })).toEqual(
      skipped("it is 30 days old; the limit is 7"),
    );
    expect(verdict(rules, { entry: { published: recent, updated: old } })).toEqual(accepted);
  });

  test("uses the date of the last update if there is no other", () => {
    expect(verdict(rules, { entry: { updated: new Date(now - 8 * day).toISOString() } })).toEqual(
      skipped("it is 8 days old; the limit is 7"),
    );
  });

  test("accepts an entry without a date", () => {
    expect(verdict(rules)).toEqual(accepted);
  });
});

describe("feeds", () => {
  test("accepts entries of the named feeds only", () => {
    expect(verdict({ feeds: ["city", "harbour"] })).toEqual(accepted);
    expect(verdict({ feeds: ["city", "harbour-2", "Harbour"] })).toEqual(
      skipped("the feed harbour is not among its feeds"),
    );
  });
});

describe("languages", () => {
  const inLanguage = (language: string | undefined) => ({ context: { language: () => language } });

  test.each(["en", "zh", "en-GB", "ZH-Hant-TW"])("accepts %s where en and zh are wanted", (language) => {
    expect(verdict({ languages: ["en", "zh"] }, inLanguage(language))).toEqual(accepted);
  });

  test.each([
    ["de", "de"],
    ["fr-CA", "fr"],
    ["enm", "enm"],
  ])("skips %s where en and zh are wanted", (language, primary) => {
    expect(verdict({ languages: ["en", "zh"] }, inLanguage(language))).toEqual(
      skipped(`its language is ${primary}`),
    );
  });

  test.each([undefined, ""])("accepts an entry whose language is unknown (%j)", (language) => {
    expect(verdict({ languages: ["en"] }, inLanguage(language))).toEqual(accepted);
  });
});

describe("include", () => {
  const none = skipped("it contains none of the words to include");

  test.each<[string, Given]>([
    ["title", { entry: { title: "Ferry timetable" } }],
    ["authors", { entry: { authors: ["A. Person", "Ferry Bureau"] } }],
    ["categories", { entry: { categories: ["Transport", "ferry"] } }],
    ["text", { context: { text: () => "The night ferry is late." } }],
  ])("accepts an entry with the word in its %s", (_, given) => {
    expect(verdict({ include: ["ferry"] }, given)).toEqual(accepted);
  });

  test("accepts an entry with any of the words and skips one with none", () => {
    const include = ["tram", "night bus"];
    expect(verdict({ include }, { entry: { title: "A night bus for the port" } })).toEqual(accepted);
    expect(verdict({ include }, { entry: { title: "A bus at night" } })).toEqual(none);
  });

  test("does not join the end of one field with the start of the next", () => {
    expect(verdict({ include: ["night bus"] }, { entry: { title: "night", authors: ["bus"] } })).toEqual(
      none,
    );
  });

  test("does not compute the text if the title decides", () => {
    const given = { entry: { title: "Ferry" }, context: { text: notCalled } };
    expect(verdict({ include: ["ferry"] }, given)).toEqual(accepted);
  });

  test("computes the text once for all words", () => {
    let calls = 0;
    const text = () => `text ${++calls}`;
    verdict({ include: ["a", "b", "c"], exclude: ["d"] }, { context: { text } });
    expect(calls).toBe(1);
  });
});

describe("exclude", () => {
  test.each<[string, Given]>([
    ["title", { entry: { title: "Advert: buy a boat" } }],
    ["authors", { entry: { authors: ["Advert"] } }],
    ["categories", { entry: { categories: ["advert"] } }],
    ["text", { context: { text: () => "This is an advert." } }],
  ])("skips an entry with the word in its %s", (_, given) => {
    expect(verdict({ exclude: ["job", "advert"] }, given)).toEqual(
      skipped("it contains the excluded word ‘advert’"),
    );
  });

  test("takes precedence over include", () => {
    const given = { entry: { title: "Ferry advert" } };
    expect(verdict({ include: ["ferry"], exclude: ["advert"] }, given)).toEqual(
      skipped("it contains the excluded word ‘advert’"),
    );
    expect(verdict({ include: ["ferry"], exclude: ["job"] }, given)).toEqual(accepted);
  });
});

describe("a word", () => {
  const contains = (title: string, word: string) =>
    verdict({ include: [word] }, { entry: { title } }).outcome === "accepted";

  test.each([
    ["A port city", "port"],
    ["Port", "PORT"],
    ["an (port) 'port'", "port"],
    ["The re-export of goods: export", "export"],
    ["reports from the port", "port"],
    ["Schöne Grüße", "grüße"],
    ["Cafe\u0301 am Hafen", "café"],
    ["C++ 26 is out", "c++"],
    ["Learn C#, today", "c#"],
    ["ＦＥＲＲＹ 時刻表", "ferry"],
    ["ferry", "ＦＥＲＲＹ"],
    ["海湾大桥提前通车", "大桥"],
    ["台風が東京に近づく", "東京"],
    ["EU预算案获得通过", "预算"],
    ["สะพานปิดถึงเดือนมกราคม", "ปิด"],
    ["다리는 1월까지 폐쇄된다", "다리"],
    ["الجسر مغلق حتى يناير", "مغلق"],
    ["New 🚲 lanes", "🚲"],
    ["Ferry🚢", "ferry"],
    ["one boat and another", "boat and"],
  ])("in %j: %j is found", (title, word) => {
    expect(contains(title, word)).toBe(true);
  });

  test.each([
    ["A report on exports", "port"],
    ["sports", "port"],
    ["port2", "port"],
    ["3port", "port"],
    ["port\u0330", "port"],
    ["a\u0330port", "port"],
    ["A𐐷port", "port"],
    ["port𐐷", "port"],
    ["الجسرين", "الجسر"],
    ["C+ is a grade", "c++"],
    ["海湾大桥", "大湾"],
    ["", "port"],
  ])("in %j: %j is not found", (title, word) => {
    expect(contains(title, word)).toBe(false);
  });
});

test("the first rule that excludes an entry gives the reason", () => {
  const rules = {
    feeds: ["city"],
    maximumAgeDays: 1,
    languages: ["en"],
    include: ["ferry"],
    exclude: ["advert"],
  };
  const given = {
    entry: { title: "An advert", published: new Date(now - 9 * day).toISOString() },
    context: { language: () => "de" },
  };
  const { feeds, maximumAgeDays, languages, include, exclude } = rules;
  const reason = (some: Rules) => {
    const found = verdict(some, given);
    return found.outcome === "skipped" ? found.reason : found.outcome;
  };
  expect(reason({ exclude, include, languages, maximumAgeDays, feeds })).toMatch(/^the feed/);
  expect(reason({ exclude, include, languages, maximumAgeDays })).toMatch(/^it is 9 days old/);
  expect(reason({ exclude, include, languages })).toMatch(/^its language/);
  expect(reason({ exclude, include })).toMatch(/^it contains none/);
  expect(reason({ exclude })).toMatch(/^it contains the excluded word/);
});
