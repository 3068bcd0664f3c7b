import { describe, expect, test } from "vitest";
import type { Rules } from "../../../functions/core/configuration.ts";
import type { Entry } from "../../../functions/core/feed/entry.ts";
import { slug } from "../../../functions/core/feed/feed-slug.ts";
import { loadPatterns, type Patterns } from "../../../functions/core/routing/patterns.ts";
import { subjectOf, type RuleContext } from "../../../functions/core/routing/rule-subject.ts";
import { describeVerdict, judge } from "../../../functions/core/routing/rules.ts";
import { audience } from "../../support/fake-system.ts";

const now = Date.UTC(2026, 10, 26, 12);
const day = 86_400_000;

interface Given {
  readonly entry?: Partial<Entry>;
  readonly context?: Partial<RuleContext>;
}

function judged(rules: Rules, { entry, context }: Given = {}, patterns: Patterns = new Map()) {
  const whole = { title: "", dateSource: "missing" as const, authors: [], categories: [], ...entry };
  const nothing = { feed: "harbour", now, text: () => "", language: () => undefined };
  return judge(rules, subjectOf(whole, { ...nothing, ...context }), patterns);
}

/** The outcome, with the reason if the entry is skipped. */
function verdict(rules: Rules, given: Given = {}) {
  const found = judged(rules, given);
  return found.outcome === "accepted" ? accepted : skipped(describeVerdict(found));
}

/** Why an entry is accepted. */
function admission(rules: Rules, given: Given = {}): string {
  const found = judged(rules, given);
  expect(found.outcome).toBe("accepted");
  return describeVerdict(found);
}

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

  test.each([
    ["har*", "harbour"],
    ["*bour", "harbour"],
    ["*", "harbour"],
    ["h*b*r", "harbour"],
    ["*.example.org", "news.example.org"],
    ["海风市", slug("海风市")],
    ["City Desk", slug("City Desk")],
  ])("%s means %s", (name, feed) => {
    expect(verdict({ feeds: [name] }, { context: { feed } })).toEqual(accepted);
  });

  test.each([
    ["har*", "city"],
    ["*bor", "harbour"],
    ["h*bb*r", "harbour"],
    ["harbour*harbour", "harbour"],
    ["ha.bour", "harbour"],
    ["海风", slug("海风市")],
  ])("%s does not mean %s", (name, feed) => {
    expect(verdict({ feeds: [name] }, { context: { feed } }).outcome).toBe("skipped");
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
    ["Ouvert jusqu'à l'été", "ete"],
    ["ete", "été"],
    ["Zażółć gęślą jaźń, Łódź", "lodz"],
    ["STRASSE", "straße"],
    ["Ærø", "aero"],
    ["İstanbul'da ılık", "ILIK"],
    ["Ἀθῆναι, ΟΔΟΣ", "οδος"],
    ["Ещё один", "еще"],
    ["المَدِينَةُ", "المدينة"],
    ["שָׁלוֹם", "שלום"],
    ["port\u0330", "port"],
    ["Tiếng Việt", "viet"],
    ["ｶﾞｽ", "ガス"],
  ])("in %j: %j is found", (title, word) => {
    expect(contains(title, word)).toBe(true);
  });

  test.each([
    ["A report on exports", "port"],
    ["sports", "port"],
    ["port2", "port"],
    ["3port", "port"],
    ["a\u0330port", "port"],
    ["хлеб и край", "краи"],
    ["がっこう", "かっこう"],
    ["हिन्दी", "हिनद"],
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
    const found = judged(some, given);
    return found.outcome === "skipped" ? describeVerdict(found) : found.outcome;
  };
  expect(reason({ exclude, include, languages, maximumAgeDays, feeds })).toMatch(/^the feed/);
  expect(reason({ exclude, include, languages, maximumAgeDays })).toMatch(/^it is 9 days old/);
  expect(reason({ exclude, include, languages })).toMatch(/^its language/);
  expect(reason({ exclude, include })).toMatch(/^it contains none/);
  expect(reason({ exclude })).toMatch(/^it contains the excluded word/);
});

describe("in", () => {
  const given = {
    entry: { title: "A title", authors: ["An author"], categories: ["a category"] },
    context: { text: () => "A text" },
  };

  test.each<[Rules["in"] | undefined, readonly string[]]>([
    [undefined, ["title", "author", "category", "text"]],
    ["title", ["title"]],
    ["text", ["text"]],
    ["both", ["title", "text"]],
  ])("%s looks in %j", async (scope, places) => {
    const words = ["title", "author", "category", "text"];
    const where = scope && { in: scope };
    const included = words.filter(
      (word) => verdict({ include: [word], ...where }, given).outcome === "accepted",
    );
    const excluded = words.filter(
      (word) => verdict({ exclude: [word], ...where }, given).outcome === "skipped",
    );
    const patterns = await compiled(words);
    const matched = words.filter(
      (word) => judged({ matches: [word], ...where }, given, patterns).outcome === "accepted",
    );
    expect([included, excluded, matched]).toEqual([places, places, places]);
  });

  test("of a rule holds for that rule only", () => {
    const rules: Rules = { in: "title", include: ["title"], not: { include: ["text"] } };
    expect(verdict(rules, given)).toEqual(skipped("it contains ‘text’ (rules.not.include)"));
  });
});

const compiled = (matches: readonly string[]) =>
  loadPatterns([audience({ name: "readers", mode: "alerts", rules: { matches } })]);

describe("matches", () => {
  const isMatched = async (expression: string, given: Given) =>
    judged({ matches: [expression] }, given, await compiled([expression])).outcome === "accepted";

  test.each([
    ["ferr(y|ies)", "The Ferries are late"],
    ["^the", "The ferries"],
    ["\\bQ[1-4] 20\\d\\d\\b", "Report for q3 2026"],
    ["大桥.*通车", "海湾大桥提前通车"],
    ["\\p{Han}{3}", "海湾大"],
    ["ＰＯＲＴ|port", "ＰＯＲＴ"],
    ["(?-i)EU", "EU"],
    ["🚲", "New 🚲 lanes"],
  ])("%s is found in %j", async (expression, title) => {
    expect(await isMatched(expression, { entry: { title } })).toBe(true);
  });

  test.each([
    ["^ferries", "The ferries"],
    ["(?-i)EU", "Eu"],
    ["ferry$", "ferry boat"],
  ])("%s is not found in %j", async (expression, title) => {
    expect(await isMatched(expression, { entry: { title } })).toBe(false);
  });

  test("looks in the first 16,384 characters of a text", async () => {
    const at = (place: number) => ({ context: { text: () => `${"-".repeat(place)}ferry` } });
    expect(await isMatched("ferry", at(16_379))).toBe(true);
    expect(await isMatched("ferry", at(16_380))).toBe(false);
  });

  test("says which expression matched, and fails for one that was not compiled", async () => {
    const rules = { matches: ["tram", "ferry"] };
    const found = judged(rules, { entry: { title: "Ferry" } }, await compiled(rules.matches));
    expect(describeVerdict(found)).toBe("it matches /ferry/");
    expect(() => judged(rules)).toThrow("The expression /tram/ was not compiled.");
  });

  test("of nested rules are compiled too", async () => {
    const rules: Rules = {
      any: [{ all: [{ matches: ["a"] }] }, { not: { matches: ["b"] } }],
      matches: ["c"],
    };
    const patterns = await loadPatterns([audience({ name: "readers", mode: "alerts", rules })]);
    expect([...patterns.keys()].toSorted()).toEqual(["a", "b", "c"]);
  });
});

describe("authors, categories and hosts", () => {
  const given = {
    entry: {
      authors: ["José Müller", "Ferry Bureau"],
      categories: [" Überblick", "Port News"],
      link: "https://news.example.org:8080/ferry",
    },
  };

  test.each<[Rules, string]>([
    [{ authors: ["muller"] }, "it is by ‘muller’"],
    [{ authors: ["Nobody", "Ferry Bureau"] }, "it is by ‘Ferry Bureau’"],
    [{ categories: ["uberblick"] }, "it is in the category ‘uberblick’"],
    [{ hosts: ["news.example.org"] }, "its link is on news.example.org"],
    [{ hosts: ["example.com", "example.org"] }, "its link is on news.example.org"],
  ])("%j accepts", (rules, reason) => {
    expect(admission(rules, given)).toBe(reason);
  });

  test.each<[Rules, string]>([
    [{ authors: ["Mull"] }, "it is by none of the authors"],
    [{ categories: ["port"] }, "it is in none of the categories"],
    [{ hosts: ["ample.org"] }, "its link is on news.example.org"],
    [{ hosts: ["www.news.example.org"] }, "its link is on news.example.org"],
  ])("%j skips", (rules, reason) => {
    expect(verdict(rules, given)).toEqual(skipped(reason));
  });

  test("skip an entry that has none", () => {
    expect(verdict({ hosts: ["example.org"] })).toEqual(skipped("it has no link"));
    expect(verdict({ authors: ["a"] })).toEqual(skipped("it is by none of the authors"));
  });
});

describe("nested rules", () => {
  const title = (text: string) => ({ entry: { title: text } });
  const rules: Rules = {
    any: [{ include: ["ferry"] }, { include: ["tram"], not: { include: ["strike"] } }],
    all: [{ exclude: ["advert"] }, { exclude: ["job"] }],
  };

  test("any, all and not are combined", () => {
    expect(verdict(rules, title("The tram")).outcome).toBe("accepted");
    expect(verdict(rules, title("The ferry strike")).outcome).toBe("accepted");
    expect(verdict(rules, title("The tram strike")).outcome).toBe("skipped");
    expect(verdict(rules, title("A ferry job")).outcome).toBe("skipped");
  });

  test("the reason names the rule's place", () => {
    expect(verdict(rules, title("A ferry job"))).toEqual(
      skipped("it contains the excluded word ‘job’ (rules.all[1].exclude)"),
    );
    expect(verdict(rules, title("The tram strike"))).toEqual(
      skipped(
        "it contains none of the words to include (rules.any[0].include); it contains ‘strike’ (rules.any[1].not.include)",
      ),
    );
    expect(admission({ any: rules.any ?? [] }, title("The ferry"))).toBe(
      "it contains ‘ferry’ (rules.any[0].include)",
    );
  });

  test("what an entry does not say excludes it neither directly nor in a negation", () => {
    const languages: Rules = { languages: ["en"] };
    for (const some of [languages, { not: languages }, { any: [languages] }, { not: { not: languages } }])
      expect(verdict(some)).toEqual(accepted);
    expect(verdict({ any: [languages, { include: ["ferry"] }] })).toEqual(accepted);
    expect(verdict({ ...languages, include: ["ferry"] }).outcome).toBe("skipped");
    expect(verdict({ not: { ...languages, include: ["ferry"] } })).toEqual(accepted);
  });
});
