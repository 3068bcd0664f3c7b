import * as fc from "../../../support/properties.ts";
import { describe, expect, test } from "vitest";
import { groupCopies, groupStories } from "../../../../functions/core/message/stories.ts";
import type { Report } from "../../../../functions/core/message/stories/profiles.ts";
import { startCpuTimer } from "../../../support/cpu-time.ts";
import { labelledItems, languages } from "./labelled.ts";
import { measureHalf } from "./measure.ts";

const quake: Report = {
  title: "Earthquake of magnitude 6.2 shakes Orvale province",
  summary:
    "Two villages near Orvale were cut off on Monday after a strong earthquake, the governor Mara Quill said.",
  feed: "wire",
  language: "en",
  date: "2026-05-04T06:00:00.000Z",
};
const report = (change: Partial<Report>): Report => ({ ...quake, feed: "herald", ...change });
const areJoined = (a: Report, b: Report): boolean => groupStories([a, b]).length === 1;

describe("syndicated copies", () => {
  test("with the same title but for the name of the site are joined", () => {
    for (const title of [
      "Earthquake of magnitude 6.2 shakes Orvale province | Herald",
      "Earthquake of magnitude 6.2 shakes Orvale province - The Herald",
      "Herald: Earthquake of magnitude 6.2 shakes Orvale province",
    ])
      expect(areJoined(quake, report({ title, summary: "" }))).toBe(true);
  });

  test("with the same first paragraph are joined under another title", () => {
    expect(areJoined(quake, report({ title: "Villages cut off in Orvale" }))).toBe(true);
  });

  test("of one page in two feeds of a site are joined", () => {
    const link = "https://news.example/2026/orvale?utm_source=rss";
    const again = report({ link: "https://news.example/2026/orvale", summary: "" });
    expect(areJoined({ ...quake, link }, again)).toBe(true);
  });

  test("are not joined by a short title that names nothing", () => {
    const briefing = report({ title: "Morning briefing", summary: "Floods in Tane, a new mayor in Colm." });
    const other = report({
      title: "Morning briefing",
      summary: "The cup draw and the price of bread.",
      feed: "post",
    });
    expect(areJoined(briefing, other)).toBe(false);
  });

  test("of a feed's regular column are not joined", () => {
    const title = "Closing bell: what moved the markets";
    const monday = report({ title, summary: "Banks rose while oil was flat." });
    const tuesday = report({
      title,
      summary: "Chip makers fell on weak orders.",
      date: "2026-05-05T06:00:00.000Z",
    });
    expect(areJoined(monday, tuesday)).toBe(false);
  });

  test("within a feed without dates are joined, but not its regular columns", () => {
    const undated = { ...quake, date: undefined };
    expect(areJoined(undated, { ...undated, title: `${quake.title} - Gazeta` })).toBe(true);
    expect(areJoined({ ...undated, summary: "" }, { ...undated, summary: "" })).toBe(false);
    const column = { ...undated, title: "Closing bell: what moved the markets" };
    expect(areJoined(column, column)).toBe(false);
  });

  test("are found without other stories by groupCopies", () => {
    const copy = report({ title: `${quake.title} | Herald` });
    const reworded = report({ title: "Orvale quake, magnitude 6.2, cuts off two villages", summary: "" });
    expect(groupCopies([quake, reworded, copy])).toEqual([[0, 2], [1]]);
  });
});

describe("reports of one event", () => {
  const reworded = report({
    title: "Quake cuts off two villages in Orvale",
    summary: "Mara Quill, the governor, asked for helicopters after the magnitude 6.2 earthquake on Monday.",
  });

  test("are joined in the words of another editor", () => {
    expect(areJoined(quake, reworded)).toBe(true);
  });

  test("are not joined across languages", () => {
    expect(areJoined(quake, report({ language: "de" }))).toBe(false);
  });

  test("are not joined if they are days apart", () => {
    expect(areJoined(quake, { ...reworded, date: "2026-05-08T06:00:00.000Z" })).toBe(false);
  });

  test.each([
    ["results", "Kestrels beat Bream 3-1 in cup semi-final", "Kestrels beat Bream 2-0 in cup semi-final"],
    ["quarters", "Orbex third-quarter profit rises on bus orders", "Orbex Q4 profit rises on bus orders"],
    ["stages", "Stage 8: Lund wins at Col Varese", "Stage 9: Lund wins at Col Varese"],
    ["releases", "Tidewrite v2.4.1 released", "Tidewrite v2.4.2 released"],
    ["votes", "Bream backs tram by 31 votes to 22", "Bream backs tram by 28 votes to 25"],
  ])("are not joined with other %s", (_, title, other) => {
    const summary = "Lund of Orbex Kestrels spoke in Varese after the day at Bream.";
    expect(areJoined({ ...quake, title, summary: "" }, report({ title, summary }))).toBe(true);
    expect(areJoined({ ...quake, title, summary }, report({ title: other, summary }))).toBe(false);
  });

  test("are not joined if they announce two products of one company at other prices", () => {
    const title = "Quill Orvale unveils Slate tablet for €429";
    const summary = "Quill Orvale sells it from Monday. It has a screen of colour e-paper.";
    const other = report({ title: "Quill Orvale unveils Slate pencil for €89", summary });
    expect(areJoined({ ...quake, title, summary }, other)).toBe(false);
    const again = report({ title: "Slate tablet of Quill Orvale unveiled for €429", summary });
    expect(areJoined({ ...quake, title, summary }, again)).toBe(true);
  });

  test("of one feed are joined if the later one updates the other, or by the report of another feed", () => {
    const update = {
      ...quake,
      title: "Orvale governor Mara Quill: villages near Orvale reached",
      summary: "Helicopters reached two villages on Monday after the earthquake.",
      date: "2026-05-04T12:00:00.000Z",
    };
    expect(groupStories([quake, update])).toEqual([[0, 1]]);
    const sidebar = { ...update, date: "2026-05-04T07:00:00.000Z" };
    expect(groupStories([quake, sidebar])).toEqual([[0], [1]]);
    // However alike: within two hours the feed takes them for two stories.
    const { title, summary } = reworded;
    const soon = { ...quake, title, summary, date: "2026-05-04T07:30:00.000Z" };
    expect(groupStories([quake, soon])).toEqual([[0], [1]]);
    expect(groupStories([quake, { ...soon, date: "2026-05-04T09:00:00.000Z" }])).toEqual([[0, 1]]);
    expect(groupStories([quake, reworded, sidebar])).toEqual([[0, 1, 2]]);
  });

  test("are not joined with an announcement, an overview or an opinion", () => {
    for (const title of [
      "Orvale earthquake: what to expect from the governor",
      "Morning briefing: Orvale earthquake",
      "Orvale earthquake | Editorial",
    ])
      expect(areJoined(reworded, report({ title, feed: "post" }))).toBe(false);
  });

  test("are not joined with one whose text announces, whatever its title says", () => {
    const announcing = report({
      title: reworded.title,
      summary: `${reworded.summary} How to watch the session.`,
    });
    expect(areJoined(quake, announcing)).toBe(false);
  });

  test.each<[language: string, preview: string, result: string, summary: string]>([
    [
      "en",
      "Polls open in Orvale mayoral election",
      "Mara Quill wins Orvale mayoral election",
      "Mara Quill, Tane Brode.",
    ],
    [
      "de",
      "Bürgermeisterwahl in Orfeld: Vor der Wahl liegt Mara Quill vorn",
      "Bürgermeisterwahl in Orfeld: Mara Quill gewinnt",
      "Mara Quill, Tane Brode, Orfeld.",
    ],
    [
      "fr",
      "Orval : le conseil se prononce ce soir sur le tramway de Mara Quill",
      "Orval : le conseil adopte le tramway de Mara Quill",
      "Mara Quill, Tane Brode, Orval.",
    ],
    [
      "es",
      "Orvalle: el pleno decidirá esta noche sobre el tranvía de Mara Quill",
      "Orvalle: el pleno aprueba el tranvía de Mara Quill",
      "Mara Quill, Tane Brode, Orvalle.",
    ],
    ["zh", "临岚市长补选今投票 柯明远领先", "临岚市长补选：柯明远以1200票险胜", "柯明远 临岚市 民众党"],
    [
      "ja",
      "浜岬市長選きょう投開票 柏木氏が先行",
      "浜岬市長選、柏木氏が1200票差で当選",
      "浜岬市 柏木遼一 浜岬市長選",
    ],
  ])("in %s are not joined with a preview of some hours before", (language, preview, result, summary) => {
    const evening = { ...quake, language, summary, date: "2026-05-04T18:00:00.000Z" };
    const earlier = report({ language, summary, title: preview });
    expect(areJoined(earlier, { ...evening, title: result })).toBe(false);
    expect(
      areJoined({ ...evening, title: result }, report({ ...evening, feed: "herald", title: `${result}!` })),
    ).toBe(true);
    expect(
      areJoined({ ...evening, title: preview }, report({ ...evening, feed: "herald", title: `${preview}!` })),
    ).toBe(true);
  });

  test.each([
    [
      "en",
      "Lucky Comet draw of Monday 4 May: the winning number",
      "Lucky Comet draw of Tuesday 5 May: the winning number",
    ],
    ["es", "Cometa del lunes 4 de mayo: número premiado", "Cometa del martes 5 de mayo: número premiado"],
    ["zh", "一图读懂临岚新规（5月4日）", "一图读懂临岚新规（5月5日）"],
    ["ja", "浜岬の当選番号 5月4日", "浜岬の当選番号 5月5日"],
  ])("in %s are not joined with one of another date in its title", (language, title, other) => {
    const summary = "Mara Quill 柯明远 柏木遼一";
    expect(
      areJoined({ ...quake, language, title, summary }, report({ language, title: other, summary })),
    ).toBe(false);
  });

  test("in Japanese are not joined with another result that stands between letters", () => {
    const summary = "浜岬製紙の柏木遼一、浜岬球場の社会人野球東海選手権。";
    const game = (title: string, feed: string): Report => ({
      ...quake,
      language: "ja",
      summary,
      title,
      feed,
    });
    const first = game("浜岬製紙の柏木遼一が5-4で勝つ 東海選手権", "wire");
    const areOne = (title: string): boolean => areJoined(first, game(title, "herald"));
    expect(areOne("東海選手権 浜岬製紙の柏木遼一が5-4で勝利")).toBe(true);
    expect(areOne("東海選手権 浜岬製紙の柏木遼一が1-6で敗れる")).toBe(false);
    expect(areOne("東海選手権 浜岬製紙の柏木遼一が4-6月の月間賞")).toBe(true);
  });

  test("in Chinese agree in numerals of both kinds, and a market in the title makes no column", () => {
    const summary = "柯明远 临岚市中级人民法院 受贿4127万元";
    const court = { ...quake, language: "zh", summary: `${summary}。`, title: "临岚原副市长柯明远获刑14年" };
    const other = report({ language: "zh", summary, title: "临岚原副市长柯明远一审被判十四年" });
    expect(areJoined(court, other)).toBe(true);
    expect(areJoined(court, { ...other, title: "临岚原副市长柯明远一审被判十三年" })).toBe(false);
    const listed = { ...court, title: "柯明远获刑，临岚股份开盘跌4%" };
    expect(areJoined(listed, { ...other, title: "临岚股份开盘跌4% 柯明远获刑" })).toBe(true);
  });
});

describe("groups", () => {
  const words = fc.constantFrom(
    "Orvale",
    "quake",
    "6.2",
    "Quill",
    "villages",
    "governor",
    "地震",
    "岷川",
    "、",
    "3-1",
    "Q4",
  );
  const text = fc.array(words, { maxLength: 8 }).map((parts) => parts.join(" "));
  const anyReport = fc.record<Report>({
    title: fc.oneof(text, fc.string({ unit: "grapheme" })),
    summary: text,
    feed: fc.constantFrom("a", "b", "c"),
    language: fc.constantFrom(undefined, "en", "de", "zh", "x-none"),
    date: fc.constantFrom(undefined, "2026-05-04T06:00:00Z", "2026-05-04T12:00:00Z", "no date"),
    link: fc.constantFrom(undefined, "https://a.example/1", "https://a.example/", "not a link"),
  });

  test("hold every index once, in the order of their first members", () => {
    fc.assert(
      fc.property(fc.array(anyReport, { maxLength: 30 }), (reports) => {
        const groups = groupStories(reports);
        expect(groups.flat().sort((a, b) => a - b)).toEqual(reports.map((_, at) => at));
        const firsts = groups.map((group) => group[0]!);
        expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
        for (const group of groups) expect(group).toEqual([...group].sort((a, b) => a - b));
      }),
    );
  });
});

describe("the time", () => {
  const items = languages.flatMap((language) => labelledItems("development", language)).slice(0, 500);

  /** CPU milliseconds of the fastest of several calls. */
  const timeOf = (reports: readonly Report[]): number =>
    Math.min(
      ...Array.from({ length: 4 }, () => {
        const elapsed = startCpuTimer();
        groupStories(reports);
        return elapsed();
      }),
    );

  test("of 500 entries is a fraction of a second, and that of four times as many grows with their number", () => {
    const other = (report: Report, turn: number): Report => ({
      ...report,
      title: report.title.replace(/\p{L}{4,}/gu, (word) => word + turn),
      summary: report.summary.replace(/\p{L}{4,}/gu, (word) => word + turn),
    });
    const many = Array.from({ length: 4 }, (_, turn) => items.map((report) => other(report, turn))).flat();
    const time = timeOf(items);
    expect(time).toBeLessThan(250);
    expect(timeOf(many)).toBeLessThan(20 * time);
  });

  test("does not explode where all entries share their words", () => {
    const alike = Array.from({ length: 1_000 }, (_, at): Report =>
      report({ feed: `f${at % 7}`, title: `${quake.title} ${at}` }),
    );
    expect(timeOf(alike)).toBeLessThan(2_000);
  });
});

describe("the labelled items", () => {
  test("that the weights are learnt from are joined with the measured precision and recall", () => {
    const { total } = measureHalf("development");
    expect(total.right / (total.right + total.wrong)).toBeGreaterThanOrEqual(0.985);
    expect(total.right / total.all).toBeGreaterThanOrEqual(0.57);
  });
});
