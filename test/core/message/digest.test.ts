import { describe, expect, test } from "vitest";
import { composeDigest } from "../../../functions/core/message/index.ts";
import type { Alert, Digest, Message } from "../../../functions/core/message/message.ts";
import { channelLimits } from "../../../functions/core/message/channel-limits.ts";
import {
  bridge,
  digestOf,
  ferry,
  gazette,
  lamp,
  library,
  london,
  minbar,
  newYork,
  shanghai,
  taipei,
  tideGate,
  visible,
} from "../../support/sample-messages.ts";

const digest = (change: Partial<Digest>): Digest => ({
  shown: [],
  more: 0,
  before: 0,
  source: gazette,
  ...change,
});
const written = ({ subject, email }: Message): string => `Subject: ${visible(subject)}\n\n${visible(email)}`;
const only = (messages: readonly Message[]): Message => {
  expect(messages).toHaveLength(1);
  return messages[0] as Message;
};

describe("the mail for a digest", () => {
  test("of one feed", () => {
    expect(written(only(composeDigest(digest({ shown: [tideGate, ferry] }), digestOf(london))))).toBe(`\
Subject: 2 headlines · 24 – 25 Jan 2024 · Harbour Gazette

2 headlines from Harbour Gazette

1. Port’s new tide gate opens — “a once-in-a-century job”
25 Jan 2024, 11:20 GMT · by Maren Holt, J. Okafor
The gate, 214 metres long, was lowered for the first time on Thursday
morning. Engineers say that it will keep the old town dry until at least
2090, provided that the two pumping stations are finished on time.
https://gazette.example/2024/01/tide-gate-opens

2. Ferry timetable changes from 1 February
24 Jan 2024, 09:05 GMT
The last boat leaves at 22:40.
https://gazette.example/2024/01/ferry
`);
  });

  test("of several feeds: grouped, newest first in each, the feed with the newest entry first", () => {
    const shown = [ferry, library, tideGate, bridge];
    expect(written(only(composeDigest(digest({ shown, more: 3 }), digestOf(newYork))))).toBe(`\
Subject: 7 headlines from 3 feeds · Jan 24 – 25, 2024

7 headlines from 3 feeds
The newest 4 are below; 3 more are not shown.

灯塔新闻

1. 海湾大桥提前两个月通车，首日车流超过六万辆
Jan 25, 2024, 3:39 PM EST (inferred from snapshot time)
海湾大桥星期四清晨正式通车，比原计划早了两个月。交通部门说，首日共有六万
二千辆车通过，两岸之间的车程由一小时缩短到十五分钟。“我等这座桥等了二十
年，”住在南岸的渔民陈阿水说。
https://dengta.example/a/bay-bridge-opens-two-months-early/7457003.html

<RLM><RLI>منبر المدينة<PDI>

<RLM>2. <RLI>افتتاح مكتبة المدينة الجديدة بعد 12 عاماً من العمل (صور)<PDI>
Jan 25, 2024, 6:20 AM EST · by <FSI>ليلى حداد<PDI>
<RLM><RLI>افتُتحت يوم الخميس مكتبة المدينة الجديدة التي تضم أكثر من 400 ألف كتاب.<PDI>
<RLM><RLI>وقالت مديرة المكتبة إن نظام BookTrack سيتيح للقراء حجز الكتب عبر<PDI>
<RLM><RLI>الإنترنت، وإن الدخول سيبقى مجانياً للجميع.<PDI>
https://minbar.example/2024/library

Harbour Gazette

3. Port’s new tide gate opens — “a once-in-a-century job”
Jan 25, 2024, 6:20 AM EST · by Maren Holt, J. Okafor
The gate, 214 metres long, was lowered for the first time on Thursday
morning. Engineers say that it will keep the old town dry until at least
2090, provided that the two pumping stations are finished on time.
https://gazette.example/2024/01/tide-gate-opens

4. Ferry timetable changes from 1 February
Jan 24, 2024, 4:05 AM EST
The last boat leaves at 22:40.
https://gazette.example/2024/01/ferry

+3 more
`);
  });

  test("other reports of a story are named below it, with their links", () => {
    const copy: Alert = { ...tideGate, key: "x1", source: lamp, link: "https://dengta.example/copy" };
    const later: Alert = { ...ferry, key: "x2", title: "Ferry timetable: the first day", link: bridge.link! };
    const shown = [{ ...tideGate, also: [copy, later] }];
    const { email } = only(composeDigest(digest({ shown }), digestOf(london)));
    expect(email).toContain(
      `\n${tideGate.link}\nAlso: 灯塔新闻, Ferry timetable: the first day\nhttps://dengta.example/copy\n${bridge.link}\n`,
    );
    const chinese = only(
      composeDigest(digest({ shown: [{ ...bridge, also: [tideGate, ferry] }] }), digestOf(shanghai)),
    );
    expect(chinese.email).toContain(`\n另见：Harbour Gazette\n${tideGate.link}\n${ferry.link}\n`);
  });

  test("a date in the future is last in the order and ignored in the period", () => {
    const bogus: Alert = { ...ferry, key: "g9", date: "2028-01-24T09:05:00Z", dateNote: { future: true } };
    const { subject, email } = only(
      composeDigest(digest({ shown: [bogus, ferry, tideGate] }), digestOf(london)),
    );
    expect(subject).toBe("3 headlines · 24 – 25 Jan 2024 · Harbour Gazette");
    expect(email.match(/^\d\. .{4}/gmu)).toEqual(["1. Port", "2. Ferr", "3. Ferr"]);
    expect(email).toContain("24 Jan 2028, 09:05 GMT (in the future)");
  });

  test("the text of an entry without a title is shown once", () => {
    const shown = [
      { ...tideGate, title: "" },
      { ...ferry, title: "", summary: "Short post." },
      { ...ferry, key: "g3", title: "", summary: "" },
    ];
    expect(only(composeDigest(digest({ shown }), digestOf(london))).email).toContain(`
1. The gate, 214 metres long, was lowered for the first time on Thursday
morning. Engineers say that it will keep the old town dry until at least
2090, provided that the two pumping stations are finished on time.
25 Jan 2024, 11:20 GMT · by Maren Holt, J. Okafor
https://gazette.example/2024/01/tide-gate-opens

2. Short post.
24 Jan 2024, 09:05 GMT
https://gazette.example/2024/01/ferry

3. New entry from Harbour Gazette
24 Jan 2024, 09:05 GMT
`);
  });

  test("a heading with a long name of a feed is wrapped, with isolates closed in each line", () => {
    const heading = (title: string): string =>
      visible(
        only(
          composeDigest(digest({ shown: [ferry, tideGate], source: { slug: "s", title } }), digestOf(london)),
        ).email.split("\n\n")[0] ?? "",
      );
    expect(heading("The Harbour Gazette and Fishermen's Weekly Companion, Inc.")).toBe(
      "2 headlines from The Harbour Gazette and Fishermen's Weekly Companion,\nInc.",
    );
    expect(heading("منبر المدينة للأخبار المحلية والدولية والاقتصادية والثقافية والرياضية")).toMatch(
      /^2 headlines from <FSI>.*<PDI>\n<FSI>.*<PDI>$/,
    );
  });

  test("the closing message of a flood", () => {
    const closing = only(
      composeDigest(digest({ shown: [{ ...ferry, revised: true }], more: 99_940, before: 10 }), london),
    );
    expect(written(closing)).toBe(`\
Subject: 99,941 more headlines · 24 Jan 2024 · Harbour Gazette

99,941 more headlines from Harbour Gazette
The 10 newest stories were sent separately. The next one is below;
99,940 more are not shown.

1. Updated: Ferry timetable changes from 1 February
24 Jan 2024, 09:05 GMT
The last boat leaves at 22:40.
https://gazette.example/2024/01/ferry

+99,940 more in this snapshot
https://gazette.example/
`);
    expect(closing).toMatchObject({ keys: ["g2"], more: 99_940, kind: "digest", audience: "alerts" });
  });

  test("the closing message of a flood, in Chinese", () => {
    const closing = digest({ shown: [bridge], more: 1_200, before: 10, source: lamp });
    const { subject, email } = only(composeDigest(closing, shanghai));
    expect(subject).toBe("另有 1,201 条新闻 · 2024年1月26日 · 灯塔新闻");
    expect(email.split("\n").slice(0, 2)).toEqual([
      "灯塔新闻：另有 1,201 条新闻",
      "最新的 10 条已逐条发送。以下是随后的 1 条，其余未列出。",
    ]);
    expect(email.trimEnd().split("\n").slice(-2)).toEqual([
      "+1,200 条，同在本次快照中",
      "https://dengta.example/",
    ]);
    expect(only(composeDigest(closing, taipei)).email).toContain("+1,200 則，同在本次快照中\n");
  });

  test.each([
    {
      title: "all are shown",
      before: 10,
      shown: 2,
      more: 0,
      expected: "The 10 newest stories were sent separately. The other 2 are below.",
    },
    {
      title: "one was sent before",
      before: 1,
      shown: 2,
      more: 5,
      expected: "The newest story was sent separately. The next 2 are below; 5 more are not shown.",
    },
    {
      title: "nothing shown",
      before: 10,
      shown: 0,
      more: 5,
      expected: "The 10 newest stories were sent separately. 5 more are not shown.",
    },
    {
      title: "the number sent before is not known",
      before: 0,
      shown: 2,
      more: 5,
      expected: "The next 2 are below; 5 more are not shown.",
    },
  ])("the closing message of a flood: $title", ({ before, shown, more, expected }) => {
    const message = only(
      composeDigest(digest({ shown: [tideGate, ferry].slice(0, shown), more, before }), london),
    );
    expect(message.email.replaceAll("\n", " ")).toContain(expected);
  });

  test("entries without a date are last and not part of the period", () => {
    const undated = { ...tideGate, dateSource: "missing" } as const;
    const both = only(composeDigest(digest({ shown: [undated, ferry] }), digestOf(london)));
    expect(both.keys).toEqual(["g2", "g1"]);
    expect(both.subject).toBe("2 headlines · 24 Jan 2024 · Harbour Gazette");
    const none = only(composeDigest(digest({ shown: [undated] }), digestOf(london)));
    expect(none.subject).toBe("1 headline · Harbour Gazette");
  });

  test("a right-to-left name does not reorder the numbers of the subject", () => {
    const { subject, email } = only(
      composeDigest(digest({ shown: [library], source: minbar }), digestOf(london)),
    );
    expect(visible(subject)).toBe("1 headline · 25 Jan 2024 · منبر المدينة");
    expect(visible(email).split("\n")[0]).toBe("1 headline from <FSI>منبر المدينة<PDI>");
  });

  test("an empty digest has no message", () => {
    expect(composeDigest(digest({}), digestOf(london))).toEqual([]);
  });

  test("attributes are ASCII; those of a digest are lists", () => {
    const { attributes } = only(
      composeDigest(digest({ shown: [bridge, library, tideGate] }), digestOf(london)),
    );
    expect(attributes).toEqual({
      feed: ["deng", "minbar", "gazette"],
      audience: "digest",
      kind: "digest",
      language: ["zh", "ar", "en"],
    });
  });
});

describe("parts", () => {
  const large = (index: number): Alert => ({
    ...bridge,
    key: `k${index}`,
    title: `${index} ${"长".repeat(45)}`,
    summary: "文".repeat(1_900),
    description: `<p>${'"'.repeat(3_000)}</p>`,
    date: new Date(Date.UTC(2024, 0, 25) - index * 60_000).toISOString(),
  });
  const shown = Array.from({ length: 60 }, (_, index) => large(index));
  const parts = composeDigest(digest({ shown, more: 7, source: lamp }), digestOf(shanghai));

  test("are as few as possible, numbered, and within the limit", () => {
    expect(parts.length).toBeGreaterThan(1);
    for (const [index, part] of parts.entries()) {
      expect(part.bytes).toBeLessThanOrEqual(channelLimits.messageBytes);
      expect(part.subject).toBe(`67 条新闻 (${index + 1}/${parts.length}) · 2024年1月25日 · 灯塔新闻`);
    }
    for (const part of parts.slice(0, -1))
      expect(part.bytes).toBeGreaterThan(channelLimits.messageBytes * 0.8);
  });

  test("show every entry once, whole, with consecutive numbers", () => {
    expect(parts.flatMap((part) => part.keys)).toEqual(shown.map((alert) => alert.key));
    const mails = parts.map((part) => part.email).join("");
    for (const [index, alert] of shown.entries()) expect(mails).toContain(`\n${index + 1}. ${alert.title}\n`);
    for (const part of parts)
      expect(part.email.split("\n").filter((line) => line === bridge.link)).toHaveLength(part.keys.length);
  });

  test("descriptions are omitted, and listed as such, before a digest is split", () => {
    const feed = shown.slice(0, 20).map((alert) => ({ ...alert, summary: "文。" }));
    const [message, ...others] = composeDigest(digest({ shown: feed, source: lamp }), digestOf(shanghai));
    expect(others).toEqual([]);
    const { entries } = JSON.parse(message?.machine ?? "") as { entries: object[] };
    for (const entry of entries) {
      expect(entry).not.toHaveProperty("description");
      expect(entry).toHaveProperty("omitted", ["description"]);
    }
    const few = composeDigest(digest({ shown: feed.slice(0, 2), source: lamp }), digestOf(shanghai))[0];
    expect((JSON.parse(few?.machine ?? "") as { entries: object[] }).entries[0]).toHaveProperty(
      "description",
    );
  });

  test("only the last one counts the entries that are not shown", () => {
    expect(parts.map((part) => part.more)).toEqual([...parts.slice(1).map(() => 0), 7]);
    expect(parts.filter((part) => part.email.includes("+7 条"))).toEqual([parts.at(-1)]);
    expect(parts.map((part) => (JSON.parse(part.machine) as { part: unknown }).part)).toEqual(
      parts.map((_, index) => ({ number: index + 1, of: parts.length })),
    );
  });
});
