import { describe, expect, test } from "vitest";
import type { Audience } from "../../../../functions/core/configuration.ts";
import { composeAlert } from "../../../../functions/core/message/index.ts";
import type { Alert } from "../../../../functions/core/message/message.ts";
import {
  bridge,
  cairo,
  ferry,
  library,
  london,
  newYork,
  shanghai,
  taipei,
  tideGate,
  visible,
} from "../../../support/sample-messages.ts";

const mail = (alert: Alert, audience: Audience): string => {
  const { subject, email } = composeAlert(alert, audience);
  return `Subject: ${visible(subject)}\n\n${visible(email)}`;
};

const without = (alert: Alert, ...fields: readonly (keyof Alert)[]): Alert => {
  const copy: Partial<Record<keyof Alert, unknown>> = { ...alert };
  for (const field of fields) delete copy[field];
  return copy as Alert;
};

describe("the mail for one entry", () => {
  test("in English", () => {
    expect(mail(tideGate, london)).toBe(`\
Subject: Port’s new tide gate opens — “a once-in-a-century job” · Harbour Gazette

${tideGate.summary}

Port’s new tide gate opens — “a once-in-a-century job”
https://gazette.example/2024/01/tide-gate-opens

Harbour Gazette · by Maren Holt, J. Okafor
Thursday, 25 January 2024 at 11:20 GMT
Topics: Works

You get this mail because your address is subscribed to alerts. To stop, use the link below.
`);
  });

  test("in Chinese: the day in the audience's time zone, and the source of an inferred date", () => {
    expect(mail(bridge, shanghai)).toBe(`\
Subject: 海湾大桥提前两个月通车，首日车流超过六万辆 · 灯塔新闻

${bridge.summary}

海湾大桥提前两个月通车，首日车流超过六万辆
https://dengta.example/a/bay-bridge-opens-two-months-early/7457003.html

灯塔新闻
2024年1月26日星期五 04:39（GMT+8，据快照时间推断）

您订阅了 alerts，因此收到本邮件。如需退订，请使用下方的链接。
`);
  });

  test("in traditional characters", () => {
    expect(mail(bridge, taipei)).toContain("2024年1月26日 星期五 凌晨4:39（GMT+8，據快照時間推斷）\n");
  });

  test("in Arabic: each line is isolated, the link is bare, and our own words are English", () => {
    expect(mail(library, cairo)).toBe(`\
Subject: افتتاح مكتبة المدينة الجديدة بعد 12 عاماً من العمل (صور) · منبر المدينة

<RLM><RLI>${library.summary}<PDI>

<RLM><RLI>افتتاح مكتبة المدينة الجديدة بعد 12 عاماً من العمل (صور)<PDI>
https://minbar.example/2024/library

<FSI>منبر المدينة<PDI> · by <FSI>ليلى حداد<PDI>
<FSI>الخميس، ٢٥ يناير ٢٠٢٤ في ١:٢٠ م غرينتش+٢<PDI>

You get this mail because your address is subscribed to alerts. To stop, use the link below.
`);
  });

  test("states that it is an update and that the date is the date of the last change", () => {
    expect(mail({ ...ferry, revised: true, dateSource: "updated" }, newYork)).toBe(`\
Subject: Updated: Ferry timetable changes from 1 February · Harbour Gazette

The last boat leaves at 22:40.

Updated: Ferry timetable changes from 1 February
https://gazette.example/2024/01/ferry

Harbour Gazette
Last changed Wednesday, January 24, 2024 at 4:05 AM EST

You get this mail because your address is subscribed to alerts. To stop, use the link below.
`);
  });

  test("without a date, an author or a link", () => {
    const bare = { ...without(ferry, "date", "link"), dateSource: "missing" } as const;
    expect(mail(bare, london)).toBe(`\
Subject: Ferry timetable changes from 1 February · Harbour Gazette

The last boat leaves at 22:40.

Ferry timetable changes from 1 February

Harbour Gazette
Date unknown

You get this mail because your address is subscribed to alerts. To stop, use the link below.
`);
  });

  test("without a title: starts with the text, once", () => {
    expect(mail({ ...tideGate, title: "" }, london)).toBe(`\
Subject: The gate, 214 metres long, was lowered for the first time on Thursday morning. Engineers…

${tideGate.summary}

https://gazette.example/2024/01/tide-gate-opens

Harbour Gazette · by Maren Holt, J. Okafor
Thursday, 25 January 2024 at 11:20 GMT
Topics: Works

You get this mail because your address is subscribed to alerts. To stop, use the link below.
`);
  });

  test("with only a link", () => {
    expect(mail({ ...without(ferry, "date"), title: "", summary: "" }, london)).toBe(`\
Subject: New entry from Harbour Gazette

Harbour Gazette
Date unknown

New entry from Harbour Gazette
https://gazette.example/2024/01/ferry

You get this mail because your address is subscribed to alerts. To stop, use the link below.
`);
  });
});

describe("an audio file", () => {
  const linesOf = (change: Partial<Alert>, audience = london): readonly string[] =>
    composeAlert({ ...ferry, ...change }, audience).email.split("\n");
  const link = "https://gazette.example/a.mp3";

  test.each([
    [3_900, "Listen (1 h 5 min):", "收听（1 小时 5 分钟）："],
    [20, "Listen (1 min):", "收听（1 分钟）："],
    [undefined, "Listen:", "收听："],
  ])("of %s seconds is below the link of the page", (seconds, english, chinese) => {
    const audio = { link, ...(seconds !== undefined && { seconds }) };
    const lines = linesOf({ audio });
    expect(lines.slice(lines.indexOf(ferry.link ?? ""))).toEqual(
      expect.arrayContaining([ferry.link, english, link]),
    );
    expect(linesOf({ audio }, shanghai)).toContain(chinese);
  });

  test("that is the only link is shown once", () => {
    const lines = linesOf({ link, linkSource: "enclosure", audio: { link, seconds: 600 } });
    expect(lines.filter((line) => line === link)).toHaveLength(1);
    expect(lines[lines.indexOf(link) - 1]).toBe("Listen (10 min):");
  });
});

describe("a line of more than 998 bytes", () => {
  const sentence = (words: number): string => `Every${" word".repeat(words)}.`;

  test("is broken after a sentence, at a space where there is none, and not in its first half", () => {
    const firstLine = (summary: string) => composeAlert({ ...ferry, summary }, london).email.split("\n")[0];
    expect(firstLine(`${sentence(120)} ${sentence(120)}`)).toBe(sentence(120));
    const late = firstLine(`${sentence(20)} ${sentence(300)}`) ?? "";
    expect(late.length).toBeGreaterThan(970);
    expect(late).toMatch(/ word$/u);
  });

  test("keeps the isolates of names closed in both of its lines", () => {
    const also = Array.from({ length: 14 }, (_, index): Alert => {
      const title = `منبر المدينة القديمة والميناء الجديد ${index}`;
      return { ...ferry, key: `k${index}`, source: { slug: `s${index}`, title } };
    });
    const lines = composeAlert({ ...ferry, also }, london).email.split("\n");
    const first = lines.findIndex((line) => line.startsWith("Also: "));
    const broken = lines.slice(first, first + 2);
    expect(Buffer.byteLength(broken.join(""))).toBeGreaterThan(998);
    for (const line of broken) {
      expect(line.split("\u2068").length).toBe(line.split("\u2069").length);
      expect(line.lastIndexOf("\u2069")).toBeGreaterThan(line.lastIndexOf("\u2068"));
    }
    expect(broken[1]?.startsWith("\u2068")).toBe(true);
  });
});

test("the points of a list are on their own lines, after the part of the summary before them", () => {
  const points = ["Add a dark mode", "Fix a crash"];
  const text = (summary: string) =>
    composeAlert({ ...ferry, summary, points }, london).email.split("\n\n")[0];
  expect(text("Add a dark mode. Fix a crash")).toBe("- Add a dark mode\n- Fix a crash");
  expect(text("A small release. Add a dark mode. Fix a…")).toBe(
    "A small release.\n- Add a dark mode\n- Fix a crash",
  );
  expect(text("")).toBe("- Add a dark mode\n- Fix a crash");
});

describe("dates", () => {
  const dated = (change: Partial<Alert>): string =>
    composeAlert({ ...ferry, date: "2024-06-01T23:30:00Z", ...change }, london)
      .email.split("\n\nHarbour Gazette\n")[1]
      ?.split("\n")[0] ?? "";

  test.each<[string, Partial<Alert>, string]>([
    ["daylight saving", {}, "Sunday, 2 June 2024 at 00:30 BST"],
    [
      "assumed zone",
      { dateNote: { assumedZone: "UTC" } },
      "Sunday, 2 June 2024 at 00:30 BST (time zone assumed)",
    ],
    ["future", { dateNote: { future: true } }, "Sunday, 2 June 2024 at 00:30 BST (in the future)"],
    [
      "inferred and future",
      { dateSource: "inferred", dateNote: { inferredFrom: "snapshot time", future: true } },
      "Sunday, 2 June 2024 at 00:30 BST (inferred from snapshot time, in the future)",
    ],
    [
      "inferred from an unknown source",
      { dateSource: "inferred" },
      "Sunday, 2 June 2024 at 00:30 BST (inferred)",
    ],
    ["marked as missing", { dateSource: "missing" }, "Date unknown"],
    ["unreadable", { date: "soon" }, "Date unknown"],
  ])("%s", (_, change, expected) => {
    expect(dated(change)).toBe(expected);
  });
});

describe("the subject", () => {
  const subject = (change: Partial<Alert>): string => composeAlert({ ...ferry, ...change }, london).subject;

  test("names the feed only if title and name fit whole", () => {
    expect(subject({ title: "x".repeat(81) })).toBe(`${"x".repeat(81)} · Harbour Gazette`);
    expect(subject({ title: "x".repeat(82) })).toBe("x".repeat(82));
  });

  test("does not repeat a feed's name that is in the title", () => {
    expect(subject({ title: "HARBOUR GAZETTE: the year in pictures" })).toBe(
      "HARBOUR GAZETTE: the year in pictures",
    );
  });

  test.each([
    ["Time", "Apple unveils sometimes-on display", false],
    ["Time", "Lifetimes and timetables", false],
    ["Time", "TIME: the year in pictures", true],
    ["Time", "Sometimes “Time”’s cover", true],
    ["Die Zeit", "Wie „Die Zeit“ entsteht", true],
    ["Zeit", "Zeitenwende am Hafen", false],
    ["路透", "路透社：海湾大桥通车", true],
    ["朝日新聞", "朝日新聞が伝えた", true],
    ["한겨레", "한겨레가 전한 소식", true],
    ["Le Monde", "Le mondement est un village", false],
  ])("a feed called %s is named in %j: %s", (feed, title, isNamed) => {
    const source = { slug: "s", title: feed };
    expect(subject({ title, source })).toBe(isNamed ? title : `${title} · ${feed}`);
  });

  test("has no invisible breaks, and keeps joiners that are spelling", () => {
    const title = "Donau\u00ADdampf\u200Bschiff\u2060fahrt می\u200Cروم 👩\u200D🚀";
    expect(subject({ title })).toBe("Donaudampfschifffahrt می\u200Cروم 👩\u200D🚀 · Harbour Gazette");
  });

  test("has at most 99 characters", () => {
    expect(subject({ title: "文".repeat(99) })).toBe("文".repeat(99));
    expect(subject({ title: "文".repeat(100) })).toBe(`${"文".repeat(98)}…`);
  });

  test.each([
    ["surrogate pairs", "😀".repeat(80), `${"😀".repeat(49)}…`],
    ["families", "👨‍👩‍👧‍👦".repeat(20), `${"👨‍👩‍👧‍👦".repeat(8)}…`],
    ["flags", "🇫🇷".repeat(40), `${"🇫🇷".repeat(24)}…`],
    ["skin tones", "👍🏽".repeat(40), `${"👍🏽".repeat(24)}…`],
    ["Hangul jamo", "\u1112\u1161\u11AB".repeat(50), `${"\u1112\u1161\u11AB".repeat(32)}…`],
    ["Devanagari", "क्षि".repeat(40), `${"क्षि".repeat(24)}…`],
  ])("is cut between graphemes: %s", (_, title, expected) => {
    expect(subject({ title })).toBe(expected);
  });

  test("is cut at a word", () => {
    expect(subject({ title: "harbour ".repeat(20) })).toBe(`${"harbour ".repeat(12).trim()}…`);
  });

  test("is one line with any title", () => {
    expect(subject({ title: "one\r\nBcc: all@example.com\u0000\u0085two\u2028three\tfour" })).toBe(
      "one Bcc: all@example.com two three four · Harbour Gazette",
    );
  });
});

describe("text of a feed", () => {
  test("is always plain text", () => {
    const title = "{title} ${link} $1 $& $$ %s %(x)s {{summary}} <b>not bold</b> **nor this**";
    const { subject, email, sms } = composeAlert({ ...ferry, title, summary: "{link} $` %d" }, london);
    expect(subject).toBe(`${title} · Harbour Gazette`);
    expect(email.split("\n")[0]).toBe("{link} $` %d");
    expect(email.split("\n")[2]).toBe(title);
    expect(sms.text).toContain(`${title}\n{link} $' %d\n`);
  });

  test("can't reorder the text around it", () => {
    const title = "\u202Ereversed\u202C \u2066left\u2069 \u2067open";
    expect(composeAlert({ ...ferry, title }, london).email.split("\n")[2]).toBe("reversed left open");
  });

  test("of another direction is isolated within our own words", () => {
    const alert = { ...ferry, authors: ["דנה", "Maren Holt"] };
    expect(visible(composeAlert(alert, london).email)).toContain("by <FSI>דנה<PDI>, Maren Holt\n");
  });
});

describe("links", () => {
  const linked = (link: string): readonly string[] =>
    composeAlert({ ...ferry, link }, london).email.split("\n");

  test("of any allowed length are whole on their own line", () => {
    const link = `https://gazette.example/${"x".repeat(974)}`;
    expect(link).toHaveLength(998);
    expect(linked(link)).toContain(link);
  });

  test("keep letters; characters that would end them are encoded", () => {
    expect(linked("https://例え.example/新聞?q=ü")).toContain("https://例え.example/新聞?q=ü");
    expect(linked("https://a.example/x y\n<z>\u202E")).toContain(
      "https://a.example/x%20y%0A%3Cz%3E%E2%80%AE",
    );
  });

  test("that do not fit a line of a mail are omitted, and the mail says so", () => {
    for (const path of ["x".repeat(975), "新".repeat(326)]) {
      const lines = linked(`https://gazette.example/${path}`);
      expect(lines).toContain("Link omitted (too long).");
      expect(lines.some((line) => line.startsWith("https:"))).toBe(false);
    }
  });
});

test("isolates of authors with long names are closed in each line", () => {
  const authors = Array.from(
    { length: 5 },
    (_, index) => `${"دنا الحداد الطويل الاسم جدا ".repeat(3)}${index}`,
  );
  const longest = Array.from({ length: 5 }, (_, index) => `${"文".repeat(70)}${index}م`);
  const { email } = composeAlert({ ...ferry, authors }, london);
  expect(visible(email)).toMatch(/^Harbour Gazette · by <FSI>.*<PDI>$/m);
  const lines = composeAlert({ ...ferry, authors: longest }, london).email.split("\n");
  const from = lines.findIndex((line) => line.startsWith("Harbour Gazette · by "));
  for (const line of lines.slice(from, from + 2)) {
    expect(line).toContain("\u2068");
    expect(line.split("\u2068")).toHaveLength(line.split("\u2069").length);
  }
  expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(998);
});

test.each([
  ["Ben <ben@x.example>", "Ben"],
  ['"Ben Ash" <mailto:ben@x.example>', "Ben Ash"],
  ["Ben (The Gazette) <ben@x.example>", "Ben (The Gazette)"],
  ["Ben <https://ben.example/>", "Ben"],
  ["Ben (ben@x.example)", "Ben"],
  ["ben@x.example (Ben Ash)", "Ben Ash"],
  ["陈阿水 <chen@x.example>", "陈阿水"],
  ["Ben <3 cats", "Ben <3 cats"],
  ["Ben (photos)", "Ben (photos)"],
])("an author %j is shown as %j", (author, name) => {
  const { email } = composeAlert({ ...ferry, authors: [author, name] }, london);
  expect(email).toContain(`\nHarbour Gazette · by ${name}\n`);
});

test.each(["ben@x.example", "<ben@x.example>", "null", "Harbour Gazette"])(
  "an author %j is not shown",
  (author) => {
    const { email } = composeAlert({ ...ferry, authors: [author] }, london);
    expect(email).toContain("\nHarbour Gazette\n");
  },
);

test("many authors are counted", () => {
  const authors = ["A. One", "B. Two", "C. Three", "D. Four", "E. Five", "F. Six", "G. Seven"];
  expect(composeAlert({ ...ferry, authors }, london).email).toContain(
    "Harbour Gazette · by A. One, B. Two, C. Three, D. Four, E. Five, +2 more",
  );
  expect(composeAlert({ ...bridge, authors: ["陈阿水", "林小满"] }, shanghai).email).toContain(
    "灯塔新闻 · 作者：陈阿水、林小满\n",
  );
});
