import { SegmentedMessage } from "sms-segments-calculator";
import * as fc from "../../../support/properties.ts";
import { describe, expect, test } from "vitest";
import type { Audience } from "../../../../functions/core/configuration.ts";
import { plainTypography, foreign, isGsm7, partsOf } from "../../../../functions/core/message/sms/gsm7.ts";
import { composeAlert, composeDigest, price, smsPrefix } from "../../../../functions/core/message/index.ts";
import type { Alert, Sms } from "../../../../functions/core/message/message.ts";
import {
  bridge,
  digestOf,
  ferry,
  gazette,
  lamp,
  library,
  london,
  shanghai,
  tideGate,
  visible,
} from "../../../support/sample-messages.ts";

const sms = (alert: Alert, change: Partial<Audience> = {}, link = alert.link ?? ""): Sms =>
  composeAlert({ ...alert, link }, { ...london, ...change }).sms;
const inParts = (number: number): Partial<Audience> => {
  const parts = { alert: number, digest: number };
  return { sms: { parts, maxParts: parts, fold: "auto" } };
};

describe("parts", () => {
  test.each<[string, string, "GSM-7" | "UCS-2", number]>([
    ["nothing", "", "GSM-7", 1],
    ["160 characters", "a".repeat(160), "GSM-7", 1],
    ["161 characters", "a".repeat(161), "GSM-7", 2],
    ["two full parts", "a".repeat(306), "GSM-7", 2],
    ["one more", "a".repeat(307), "GSM-7", 3],
    ["extension characters count twice", "€".repeat(80), "GSM-7", 1],
    ["and one more", "€".repeat(81), "GSM-7", 2],
    ["an escape pair at the boundary moves on", `${"a".repeat(152)}€${"a".repeat(152)}`, "GSM-7", 3],
    ["and costs nothing inside", `${"a".repeat(151)}€${"a".repeat(153)}`, "GSM-7", 2],
    ["70 units", "文".repeat(70), "UCS-2", 1],
    ["71 units", "文".repeat(71), "UCS-2", 2],
    ["134 units", "文".repeat(134), "UCS-2", 2],
    ["135 units", "文".repeat(135), "UCS-2", 3],
    ["a surrogate pair at the boundary moves on", `${"文".repeat(66)}😀${"文".repeat(66)}`, "UCS-2", 3],
    ["extension characters are single in UCS-2", "文" + "€".repeat(69), "UCS-2", 1],
  ])("%s", (_, text, encoding, parts) => {
    expect(partsOf(text, encoding)).toBe(parts);
    expect(new SegmentedMessage(text, encoding).segmentsCount).toBe(parts);
  });

  test("equal those of an independent calculator", () => {
    const piece = fc.constantFrom("a", "é", "€", "{", "~", "\n", "文", "ل", "😀", "’", "Ж", " ", "1");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 500 }), (pieces) => {
        const text = pieces.join("");
        const other = new SegmentedMessage(text);
        expect(isGsm7(text) ? "GSM-7" : "UCS-2").toBe(other.encodingName);
        expect(partsOf(text, other.encodingName)).toBe(other.segmentsCount);
      }),
      { numRuns: 300 },
    );
  });

  test("GSM-7 is the alphabet of the standard, character by character", () => {
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let code = 0; code <= 0xffff; code += 1) {
      if (code === 0x0c || code === 0x0d) continue;
      if (isGsm7(String.fromCharCode(code))) ours.push(code);
      if (new SegmentedMessage(String.fromCharCode(code)).encodingName === "GSM-7") theirs.push(code);
    }
    expect(ours).toEqual(theirs);
  });
});

describe("folding", () => {
  test.each([
    ["‘quotes’ “and” ‚low„ ones", "'quotes' \"and\" 'low\" ones"],
    ["a – b — c ‑ d", "a - b - c - d"],
    ["wait…", "wait..."],
    ["10\u00A0000\u202Fkm", "10 000 km"],
    ["soft\u00ADhyphen", "softhyphen"],
    ["cafe\u0301", "café"],
    ["Mill™ and Weir®, © 2026", "Mill(TM) and Weir(R), (C) 2026"],
    ["3 × 4 m, ±2 °C, 70°F", "3 x 4 m, +/-2 C, 70F"],
    ["turn by 90°, 10², ½", "turn by 90°, 10², ½"],
    ["News\u200C\u200C of\u200D the day", "News of the day"],
    ["Łódź, Þórr, ação, ﬁn", "Łódź, Þórr, ação, ﬁn"],
  ])("%s", (text, folded) => {
    expect(plainTypography(text)).toBe(folded);
  });

  test("never changes a letter or a digit of any script", () => {
    const letters = /[^\p{L}\p{N}]/gu;
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (raw) => {
        // These symbols are written with letters.
        const text = raw.replace(/[©®™×]/gu, "");
        expect(plainTypography(text).replace(letters, "")).toBe(text.normalize("NFC").replace(letters, ""));
      }),
      { numRuns: 500 },
    );
  });

  test("is done only if it makes the message GSM-7", () => {
    expect(sms(tideGate).text).toContain('opens - "a once');
    expect(sms({ ...tideGate, title: `${tideGate.title} 海` }).text).toContain("opens — “a once");
  });

  test("characters that force UCS-2 are listed once, without those that are folded", () => {
    expect(foreign(plainTypography("“Zażółć” – gęślą jaźń 😀😀"))).toEqual([
      "ż",
      "ó",
      "ł",
      "ć",
      "ę",
      "ś",
      "ą",
      "ź",
      "ń",
      "😀",
    ]);
    expect(sms({ ...ferry, title: "Łódź — “city”" }).forcing).toEqual(["Ł", "ó", "ź"]);
  });
});

describe("the SMS for one entry", () => {
  test("in English: everything, in one part", () => {
    expect(sms(ferry)).toMatchObject({
      text: "Ferry timetable changes from 1 February\nThe last boat leaves at 22:40.\n2024-01-24 Harbour Gazette\nhttps://gazette.example/2024/01/ferry",
      encoding: "GSM-7",
      parts: 1,
      forcing: [],
      omissions: [],
    });
  });

  test("the summary is shortened first, at a clause", () => {
    expect(sms(tideGate)).toMatchObject({
      text: `Port's new tide gate opens - "a once-in-a-century job"
The gate, 214 metres long, was lowered for the first time on Thursday morning. Engineers say that it will keep the old town dry until at least 2090...
2024-01-25 Harbour Gazette
https://gazette.example/2024/01/tide-gate-opens`,
      encoding: "GSM-7",
      parts: 2,
      forcing: [],
      omissions: ["summary shortened"],
    });
  });

  test("in Chinese: the day in the audience's time zone, one whole sentence", () => {
    const { text, encoding, parts, omissions } = sms(bridge, shanghai);
    expect(text).toBe(`海湾大桥提前两个月通车，首日车流超过六万辆
海湾大桥星期四清晨正式通车，比原计划早了两个月。
2024-01-26 灯塔新闻
https://dengta.example/a/bay-bridge-opens-two-months-early/7457003.html`);
    expect({ encoding, parts, omissions }).toEqual({
      encoding: "UCS-2",
      parts: 2,
      omissions: ["summary shortened"],
    });
  });

  test("in Arabic", () => {
    expect(sms(library, inParts(3)).text).toBe(`افتتاح مكتبة المدينة الجديدة بعد 12 عاماً من العمل (صور)
افتُتحت يوم الخميس مكتبة المدينة الجديدة التي تضم أكثر من 400 ألف كتاب.
2024-01-25 منبر المدينة
https://minbar.example/2024/library`);
  });

  test("an update is marked", () => {
    expect(sms({ ...ferry, revised: true }).text).toMatch(/^Updated: Ferry timetable/);
  });

  test("the date is omitted before more than a third of the title", () => {
    const title = "Thirty characters in the title";
    const long = `https://gazette.example/${"x".repeat(105)}`;
    expect(sms({ ...ferry, title, link: long }, inParts(1)).text).toBe(`${title}\n${long}`);
  });

  test("a long name of a feed is cut", () => {
    const source = { ...gazette, title: "Harbour Gazette: news, views and tides from the old town" };
    expect(sms({ ...ferry, source }).text).toContain("\n2024-01-24 Harbour Gazette\n");
  });

  test("a name of a feed that has no short form says that it was cut", () => {
    const title = "Everything that happens on the quays and in the old town";
    const planned = sms({ ...ferry, source: { slug: "quays", title } });
    expect(planned.text).toContain("\n2024-01-24 Everything that happens on...\n");
    expect(planned.omissions).toEqual(["feed shortened"]);
    expect(sms({ ...ferry, title: "", summary: "", source: { slug: "quays", title } }).omissions).toEqual([
      "feed shortened",
    ]);
  });

  test("a text in place of a title gives way to the date and to the feed's name, like a summary", () => {
    const summary = `The gate is open. ${"It was lowered for the first time on Thursday morning, ".repeat(8)}`;
    const lines = sms({ ...ferry, title: "", summary }).text.split("\n");
    expect(lines.slice(1)).toEqual(["2024-01-24 Harbour Gazette", ferry.link]);
  });

  test("a short text in place of a title is followed by the feed's name", () => {
    expect(sms({ ...ferry, title: "" }).text).toBe(
      "The last boat leaves at 22:40.\n2024-01-24 Harbour Gazette\nhttps://gazette.example/2024/01/ferry",
    );
  });

  test("spaces around removed marks are removed with them", () => {
    expect(sms({ ...ferry, title: "\u200F Fog \u200E" }).text).toMatch(/^Fog\n/);
  });

  test("text in invisible copies of ASCII is removed, flags of regions stay", () => {
    const hidden = Array.from("read me", (letter) => String.fromCodePoint(0xe0000 + letter.codePointAt(0)!));
    const flag = "\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}";
    expect(sms({ ...ferry, title: `Fog${hidden.join("")} in ${flag}` }).text).toContain(`Fog in ${flag}\n`);
  });

  test("an entry that has only a link names its feed once", () => {
    expect(sms({ ...ferry, title: "", summary: "" }).text).toBe(
      "New entry from Harbour Gazette\n2024-01-24\nhttps://gazette.example/2024/01/ferry",
    );
  });

  test("a link is never folded", () => {
    const link = "https://gazette.example/it’s–here";
    expect(sms({ ...ferry, link, title: "“Quotes”" }).text).toBe(
      `“Quotes”\nThe last boat leaves at 22:40.\n2024-01-24 Harbour Gazette\n${link}`,
    );
  });

  test("an unknown date is stated", () => {
    expect(sms({ ...ferry, dateSource: "missing" }).text).toContain("\nHarbour Gazette (date unknown)\n");
    expect(sms({ ...bridge, dateSource: "missing" }, shanghai).text).toContain("\n灯塔新闻 (日期不详)\n");
  });

  test.each<[string, number, RegExp, readonly string[]]>([
    ["the end of the summary", 40, /^A title .* mails\nThe gate/, ["summary shortened"]],
    ["then the feed's name", 60, /^A title .* mails\nThe gate/, ["feed omitted", "summary shortened"]],
    [
      "then the date",
      70,
      /^A title .* mails\nThe gate/,
      ["feed omitted", "date omitted", "summary shortened"],
    ],
    ["then the summary", 90, /^A title .* mails\n2024/, ["summary omitted"]],
    [
      "then the end of the title",
      130,
      /^A title .*\.\.\.\nhttps/,
      ["feed omitted", "date omitted", "summary omitted", "title shortened"],
    ],
    [
      "then the link, before the title can't be recognised",
      160,
      /^A title .* mails\nThe/,
      ["summary shortened", "link omitted"],
    ],
  ])("what is given up in one part: %s", (_, length, text, omissions) => {
    const link = `https://gazette.example/${"x".repeat(length - 24)}`;
    const planned = sms(
      { ...tideGate, title: "A title of a length that is usual in mails", link },
      inParts(1),
    );
    expect(planned.omissions).toEqual(omissions);
    expect(planned.parts).toBe(1);
    expect(planned.text.includes(link)).toBe(!omissions.includes("link omitted"));
    expect(planned.text).toMatch(text);
  });

  test("a link that does not fit is omitted, and other fields use its room", () => {
    const planned = sms({ ...ferry, link: `https://gazette.example/${"x".repeat(300)}` });
    expect(planned.omissions).toEqual(["link omitted"]);
    expect(planned.text).toBe(
      "Ferry timetable changes from 1 February\nThe last boat leaves at 22:40.\n2024-01-24 Harbour Gazette",
    );
  });

  test("a link that is too long for any message is listed as omitted", () => {
    expect(sms({ ...ferry, link: `https://gazette.example/${"x".repeat(9_000)}` }).omissions).toEqual([
      "link omitted",
    ]);
  });

  test("a character that is not shown does not force UCS-2", () => {
    const planned = sms({ ...ferry, summary: `${"Plain words. ".repeat(20)}😀` });
    expect(planned.encoding).toBe("GSM-7");
  });

  describe("a summary with a letter that GSM-7 lacks", () => {
    const start =
      "Le pont du port sera fermé pendant un an, a annoncé le maire lundi. Les bus passeront par la rue de la mer.";
    const late = `${start} Les commerçants du Cœur de ville demandent une aide que personne n'a votée.`;
    const said = (summary: string, fold: "auto" | "never", title = "Conseil : le pont fermé") =>
      sms({ ...ferry, title, summary, language: "fr" }, { sms: { ...london.sms, fold } });

    test("is shown in GSM-7 without the accent if it is longer than UCS-2 allows", () => {
      const planned = said(late, "auto");
      expect(planned).toMatchObject({ encoding: "GSM-7", parts: 2, omissions: ["accents removed"] });
      expect(planned.text).toContain("Les commercants du Coeur de ville");
    });

    test("ends before that letter if letters stay and GSM-7 then shows more than UCS-2", () => {
      const planned = said(late, "never");
      expect(planned).toMatchObject({ encoding: "GSM-7", parts: 2, omissions: ["summary shortened"] });
      expect(planned.text.split("\n")[1]).toBe(start);
      expect(planned.text).toContain("\n2024-01-24 Harbour Gazette\n");
    });

    test("is UCS-2 if letters stay and the letter is early in the text or in the title", () => {
      expect(said(`Cœur : ${start}`, "never")).toMatchObject({ encoding: "UCS-2", forcing: ["œ"] });
      expect(said(start, "never", "Le Cœur de ville").encoding).toBe("UCS-2");
    });

    test("is shown whole with its accents if it fits in UCS-2", () => {
      expect(said("Un cœur bat.", "auto")).toMatchObject({ encoding: "UCS-2", omissions: [] });
    });

    test("never shows less than UCS-2 would", () => {
      const piece = fc.constantFrom("Le pont ferme lundi. ", "deux ans, ", "œuvre ", "mer ", "x");
      fc.assert(
        fc.property(fc.array(piece, { minLength: 5, maxLength: 40 }), (pieces) => {
          const wide = sms({ ...ferry, summary: pieces.join("") }, { displayName: "Ж" });
          const chosen = sms({ ...ferry, summary: pieces.join("") });
          const lost = chosen.omissions.filter((omission) => omission !== "accents removed");
          const isEnough =
            wide.omissions.length === 0 ? lost.length === 0 : chosen.text.length >= wide.text.length / 2;
          expect(isEnough).toBe(true);
        }),
      );
    });
  });

  test("a title that would be cut below half takes more parts, up to the maximum", () => {
    const title =
      "海湾大桥提前两个月通车，首日车流就超过六万辆，两岸居民说等了二十年，渡轮公司担心生意".repeat(3);
    const settings = (maximum: number): Partial<Audience> => ({
      sms: { parts: { alert: 1, digest: 1 }, maxParts: { alert: maximum, digest: 1 }, fold: "auto" },
    });
    const shown = (maximum: number) => sms({ ...bridge, title }, settings(maximum));
    expect(shown(1)).toMatchObject({ parts: 1, omissions: expect.arrayContaining(["title shortened"]) });
    expect(shown(2).parts).toBe(2);
    expect(shown(9).parts).toBe(3);
    expect(shown(9).text).toContain(bridge.link);
    expect(shown(9).text.split("\n")[0]!.length).toBeGreaterThan(title.length / 2);
    expect(sms(ferry, settings(9)).parts).toBe(1);
  });

  test("the page of the feed is given up before any word of the entry", () => {
    const planned = sms({ ...tideGate, linkSource: "feed" }, inParts(1));
    expect(planned.text).not.toContain("https://");
    expect(planned.omissions).toContain("link omitted");
  });

  test("an unknown date is omitted before the feed's name and the title", () => {
    const title = "A microblog post without title 👍🏽 and #tag";
    const unknown = { ...ferry, title, summary: "", dateSource: "missing" } as const;
    expect(sms(unknown, inParts(1), "https://posts.example/123")).toMatchObject({
      text: `${title}\nhttps://posts.example/123`,
      omissions: ["feed omitted", "date omitted"],
    });
    expect(
      sms({ ...unknown, source: { slug: "m", title: "M" } }, inParts(1), "https://m.example/"),
    ).toMatchObject({
      text: `${title}\nM\nhttps://m.example/`,
      omissions: ["date omitted"],
    });
    const long = `https://gazette.example/${"x".repeat(300)}`;
    expect(sms(unknown, inParts(2), long).text).toBe(`${title}\nHarbour Gazette (date unknown)`);
  });

  test("an Arabic title that starts with a Latin name gets a direction mark", () => {
    const latin = { ...library, title: "iPhone 17: كل ما نعرفه عن الهاتف الجديد" };
    expect(visible(sms(latin, inParts(3)).text)).toMatch(/^<RLM>iPhone/);
    expect(visible(sms(library, inParts(3)).text)).not.toContain("<RLM>");
    const [listed] = composeDigest(
      { shown: [latin, library], more: 0, before: 0, source: gazette },
      digestOf(london),
    );
    expect(visible(listed?.sms.text ?? "").split("\n")[1]).toMatch(/^- <RLM>iPhone/);
    expect(sms({ ...ferry, title: "The word سلام" }).text).toMatch(/^The/);
  });

  test("a text has at most 1,600 characters with any budget", () => {
    const summary = "A sentence that is not very long. ".repeat(100);
    const planned = sms({ ...ferry, summary }, { ...inParts(40), displayName: "NEWS" });
    expect("NEWS> ".length + planned.text.length).toBeLessThanOrEqual(1_600);
    expect(planned.text.length).toBeGreaterThan(1_500);
    expect(planned.text).toContain(ferry.link);
  });
});

describe("the topic's display name", () => {
  test("is counted in capitals, as SNS writes it", () => {
    expect(smsPrefix("News")).toBe("NEWS> ");
    expect(smsPrefix(undefined)).toBe("");
    const title = "x".repeat(160 - sms({ ...ferry, title: "", summary: "" }).text.length);
    const whole = sms({ ...ferry, title, summary: "" }, inParts(1));
    const prefixed = sms({ ...ferry, title, summary: "" }, { ...inParts(1), displayName: "News" });
    expect(whole.parts).toBe(1);
    expect(partsOf(`NEWS> ${prefixed.text}`, "GSM-7")).toBe(1);
    expect(prefixed.text.length).toBeLessThanOrEqual(154);
  });

  test("forces UCS-2 if its capital letters are not GSM-7", () => {
    expect(sms(ferry, { displayName: "新闻" })).toMatchObject({ encoding: "UCS-2", forcing: ["新", "闻"] });
    expect(sms(ferry, { displayName: "voilà" })).toMatchObject({ encoding: "UCS-2", forcing: ["À"] });
  });
});

describe("the SMS for a digest", () => {
  const alerts = Array.from({ length: 12 }, (_, index) => ({
    ...ferry,
    key: `k${index}`,
    title: `Headline number ${index + 1} of the day`,
  }));
  const text = (shown: readonly Alert[], more: number, change: Partial<Audience> = {}): string =>
    composeDigest({ shown, more, before: 0, source: gazette }, { ...digestOf(london), ...change })[0]?.sms
      .text ?? "";

  test("lists as many titles as fit, then +N, then the feed's link", () => {
    expect(text(alerts, 88, inParts(1))).toBe(`100 headlines - Harbour Gazette
- Headline number 1 of the day
- Headline number 2 of the day
- Headline number 3 of the day
+97
https://gazette.example/`);
  });

  test("shows two entries with their own links", () => {
    expect(text([tideGate, ferry], 0)).toBe(`2 headlines - Harbour Gazette
2024-01-24 - 2024-01-25
- Port's new tide gate opens - "a once-in-a-century job"
https://gazette.example/2024/01/tide-gate-opens
- Ferry timetable changes from 1 February
https://gazette.example/2024/01/ferry`);
  });

  test("shows the link of the feed if the entries' links do not fit", () => {
    const link = `https://gazette.example/${"x".repeat(250)}`;
    const [message] = composeDigest(
      {
        shown: [
          { ...tideGate, link },
          { ...ferry, link },
        ],
        more: 0,
        before: 0,
        source: gazette,
      },
      digestOf(london),
    );
    expect(message?.sms.text).toMatch(/\nhttps:\/\/gazette\.example\/$/);
    expect(message?.sms.omissions).toContain("entry links omitted");
  });

  test("shortens every headline to 40 columns before it omits one, and then shows as much of each as fits", () => {
    const long = Array.from({ length: 5 }, (_, index) => ({
      ...ferry,
      key: `k${index}`,
      title: `Headline ${index + 1} with ${"many more words ".repeat(9)}`.trim(),
    }));
    const listed = text(long, 0, inParts(2)).split("\n");
    expect(listed.filter((line) => line.startsWith("- Headline"))).toHaveLength(5);
    expect(
      text(long, 0)
        .split("\n")
        .filter((line) => line.startsWith("- "))[0]!.length,
    ).toBeGreaterThan(50);
  });

  test("a headline in another script costs only itself", () => {
    const mixed = alerts.map((alert, index) => (index === 1 ? { ...alert, title: bridge.title } : alert));
    const shown = text(mixed, 0);
    expect(shown).toContain("- Headline number 1 of");
    expect(shown).not.toContain(bridge.title);
    expect(shown.match(/^- /gmu)!.length).toBeGreaterThan(8);
    expect(shown).toMatch(/^\+\d$/mu);
  });

  test("emoji at the ends of headlines and of the feed's name cost no headline", () => {
    const cheerful = alerts.map((alert) => ({ ...alert, title: `🎉 ${alert.title} 🇫🇷👍🏽` }));
    const [message] = composeDigest(
      { shown: cheerful, more: 0, before: 0, source: { ...gazette, title: "Harbour Gazette 📡" } },
      digestOf(london),
    );
    expect(message?.sms).toMatchObject({
      encoding: "GSM-7",
      omissions: expect.arrayContaining(["emoji omitted"]),
    });
    expect(message?.sms.text).toMatch(/^12 headlines - Harbour Gazette\n/);
    expect(message?.sms.text.match(/^- Headline/gmu)).toHaveLength(12);
  });

  test("a title that does not fit does not force UCS-2", () => {
    const mixed = alerts.map((alert, index) => (index === 11 ? { ...alert, title: "Łódź" } : alert));
    expect(
      composeDigest(
        { shown: mixed, more: 0, before: 0, source: gazette },
        { ...digestOf(london), ...inParts(1) },
      )[0]?.sms.encoding,
    ).toBe("GSM-7");
  });

  test("shortens the first title if it does not fit", () => {
    const long = [{ ...ferry, title: "word ".repeat(80).trim() }];
    expect(text(long, 3, inParts(1))).toMatch(
      /^4 headlines - Harbour Gazette\n- word .*\.\.\.\n\+3\nhttps:\/\/gazette\.example\/$/,
    );
  });

  test("of one entry is written like an alert", () => {
    expect(text([ferry], 0)).toBe(sms(ferry).text);
    expect(text([ferry], 1)).toMatch(/^2 headlines/);
  });

  test("in Chinese, as the closing message of a flood", () => {
    const shown = Array.from({ length: 9 }, (_, index) => ({ ...bridge, key: `k${index}` }));
    const [closing] = composeDigest({ shown, more: 99_940, before: 10, source: lamp }, shanghai);
    expect(closing?.sms.text).toBe(`另有 99,949 条新闻 · 灯塔新闻
- 海湾大桥提前两个月通车，首日车流超过六万辆
- 海湾大桥提前两个月通车，首日车流超过六万辆
- 海湾大桥提前两个月通车，首日车流超过六万辆
- 海湾大桥提前两个月通车，首日车流超过六万辆
- 海湾大桥提前两个月通车，首日车流超过六万辆
- 海湾大桥提前两个月通车，首日车流超过六万辆
+99,943
https://dengta.example/`);
    expect(closing?.sms.parts).toBe(3);
  });
});

test("the date stands directly before a Chinese title where a line of its own would not fit", () => {
  const room = 134 - "2024-01-26".length - bridge.title.length - "\n".length;
  const lengthOf = (length: number) => "https://dengta.example/".padEnd(length, "x");
  const withLink = (length: number) => sms({ ...bridge, summary: "", link: lengthOf(length) }, shanghai);
  expect(withLink(room)).toMatchObject({
    text: `2024-01-26${bridge.title}\n${lengthOf(room)}`,
    parts: 2,
  });
  expect(withLink(room).omissions).not.toContain("date omitted");
  expect(withLink(room - 1).text.split("\n")).toHaveLength(3);
  expect(withLink(room + 1).omissions).toContain("date omitted");
});

test("the price is the price of its parts", () => {
  expect(price({ parts: 3 }, 0.00645)).toBeCloseTo(0.01935, 10);
});
