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

Thursday, 25 January 2024

1. Port’s new tide gate opens — “a once-in-a-century job”
11:20 GMT · by Maren Holt, J. Okafor · Topics: Works
${tideGate.summary}
https://gazette.example/2024/01/tide-gate-opens

Wednesday, 24 January 2024

2. Ferry timetable changes from 1 February
09:05 GMT
The last boat leaves at 22:40.
https://gazette.example/2024/01/ferry

You get this mail because your address is subscribed to digest. To stop, use the link below.
`);
  });

  test("of several feeds: newest first, each with the name of its feed", () => {
    const shown = [ferry, library, tideGate, bridge];
    expect(written(only(composeDigest(digest({ shown, more: 3 }), digestOf(newYork))))).toBe(`\
Subject: 7 headlines from 3 feeds · Jan 24 – 25, 2024

Thursday, January 25, 2024

1. 海湾大桥提前两个月通车，首日车流超过六万辆
灯塔新闻 · 3:39 PM EST (inferred from snapshot time)
${bridge.summary}
https://dengta.example/a/bay-bridge-opens-two-months-early/7457003.html

<RLM>2. <RLI>افتتاح مكتبة المدينة الجديدة بعد 12 عاماً من العمل (صور)<PDI>
<FSI>منبر المدينة<PDI> · 6:20 AM EST · by <FSI>ليلى حداد<PDI>
<RLM><RLI>${library.summary}<PDI>
https://minbar.example/2024/library

3. Port’s new tide gate opens — “a once-in-a-century job”
Harbour Gazette · 6:20 AM EST · by Maren Holt, J. Okafor · Topics: Works
${tideGate.summary}
https://gazette.example/2024/01/tide-gate-opens

Wednesday, January 24, 2024

4. Ferry timetable changes from 1 February
Harbour Gazette · 4:05 AM EST
The last boat leaves at 22:40.
https://gazette.example/2024/01/ferry

+3 more

You get this mail because your address is subscribed to digest. To stop, use the link below.
`);
  });

  test("of several feeds by feed: feed and day are above their entries", () => {
    const shown = [ferry, tideGate, bridge];
    const audience = { ...digestOf(newYork), order: "feed" } as const;
    const { email } = only(composeDigest(digest({ shown }), audience));
    expect(email.match(/^(?:\d\. .{5}|.* · \w+day, .*)/gm)).toEqual([
      "灯塔新闻 · Thursday, January 25, 2024",
      "1. 海湾大桥提",
      "Harbour Gazette · Thursday, January 25, 2024",
      "2. Port’",
      "Harbour Gazette · Wednesday, January 24, 2024",
      "3. Ferry",
    ]);
    expect(email).toContain("\n6:20 AM EST · by Maren Holt");
  });

  test("by importance: each entry has its date, because the days alternate", () => {
    const audience = { ...digestOf(london), order: "importance" } as const;
    const { email } = only(composeDigest(digest({ shown: [ferry, tideGate] }), audience));
    expect(email.split("\n").slice(0, 2)).toEqual([
      `1. ${tideGate.title}`,
      "25 Jan 2024, 11:20 GMT · by Maren Holt, J. Okafor · Topics: Works",
    ]);
    expect(email).not.toMatch(/^Thursday/m);
  });

  test("of the one day in its subject has no heading for it", () => {
    const shown = [tideGate, { ...ferry, date: "2024-01-25T09:05:00Z" }];
    const { subject, email } = only(composeDigest(digest({ shown }), digestOf(london)));
    expect(subject).toBe("2 headlines · 25 Jan 2024 · Harbour Gazette");
    expect(email.split("\n").slice(0, 2)).toEqual([
      `1. ${tideGate.title}`,
      "11:20 GMT · by Maren Holt, J. Okafor · Topics: Works",
    ]);
    const undated = shown.map((alert) => ({ ...alert, dateSource: "missing" }) as const);
    expect(only(composeDigest(digest({ shown: undated }), digestOf(london))).email).toMatch(
      /^Date unknown\n\n1\. /,
    );
  });

  test("of more than five entries starts with their headlines, by feed", () => {
    const shown = [
      ...[3, 4, 5].map((day) => ({ ...ferry, key: `f${day}`, date: `2024-01-0${day}T09:00:00Z` })),
      { ...tideGate, title: "A headline of more than a hundred characters ".repeat(4).trim() },
      bridge,
      { ...library, revised: true } as const,
    ];
    const { email } = only(composeDigest(digest({ shown }), digestOf(london)));
    expect(visible(email).split("\n\nThursday")[0]).toBe(`\
灯塔新闻
1. 海湾大桥提前两个月通车，首日车流超过六万辆

Harbour Gazette
2. A headline of more than a hundred characters A headline of more than a hundred characters A…
4. Ferry timetable changes from 1 February
5. Ferry timetable changes from 1 February
6. Ferry timetable changes from 1 February

<RLM><RLI>منبر المدينة<PDI>
<RLM>3. Updated: <RLI>افتتاح مكتبة المدينة الجديدة بعد 12 عاماً من العمل (صور)<PDI>

* * *`);
    expect(email.split("\n").filter((line) => line.startsWith("2. "))).toHaveLength(2);
  });

  test("of one entry is written like an alert", () => {
    const message = only(composeDigest(digest({ shown: [tideGate] }), digestOf(london)));
    expect(written(message)).toBe(`\
Subject: ${tideGate.title} · Harbour Gazette

${tideGate.summary}

${tideGate.title}
https://gazette.example/2024/01/tide-gate-opens

Harbour Gazette · by Maren Holt, J. Okafor
Thursday, 25 January 2024 at 11:20 GMT
Topics: Works

You get this mail because your address is subscribed to digest. To stop, use the link below.
`);
    expect(message.kind).toBe("digest");
    const last = only(composeDigest(digest({ shown: [tideGate], before: 10 }), london));
    expect(last.subject).toBe(`${tideGate.title} · Harbour Gazette`);
    expect(last.email).toContain("\n\nThe 10 newest stories were sent separately.\n\nYou get");
  });

  test("other reports of a story are named below it, with their links", () => {
    const copy: Alert = { ...tideGate, key: "x1", source: lamp, link: "https://dengta.example/copy" };
    const later: Alert = { ...ferry, key: "x2", title: "Ferry timetable: the first day", link: bridge.link! };
    const shown = [{ ...tideGate, also: [copy, later] }, ferry];
    const { email } = only(composeDigest(digest({ shown }), digestOf(london)));
    expect(email).toContain(
      `\n${tideGate.link}\nAlso: 灯塔新闻, Ferry timetable: the first day\nhttps://dengta.example/copy\n${bridge.link}\n`,
    );
    const chinese = only(
      composeDigest(digest({ shown: [{ ...bridge, also: [tideGate, ferry] }] }), digestOf(shanghai)),
    );
    expect(chinese.email).toContain(`\n另见：Harbour Gazette\n${tideGate.link}\n${ferry.link}\n`);
  });

  test("a report with the same link is named without it, and not at all if its feed has the same name", () => {
    const wire: Alert = { ...tideGate, key: "x1", source: lamp };
    const local: Alert = { ...tideGate, key: "x2", source: { ...tideGate.source, slug: "gazette-local" } };
    const linkOf = (also: readonly Alert[]) => {
      const { email } = only(
        composeDigest(digest({ shown: [{ ...tideGate, also }, ferry] }), digestOf(london)),
      );
      const start = email.indexOf(`\n${tideGate.link}\n`);
      return email.slice(start, email.indexOf("\n\n", start));
    };
    expect(linkOf([local])).toBe(`\n${tideGate.link}`);
    expect(linkOf([wire, local])).toBe(`\n${tideGate.link}\nAlso: 灯塔新闻`);
    const elsewhere = { ...local, link: "https://gazette.example/local/tide-gate" };
    expect(linkOf([elsewhere])).toBe(
      `\n${tideGate.link}\nAlso: Harbour Gazette\nhttps://gazette.example/local/tide-gate`,
    );
  });

  test("a date in the future is last in the order and ignored in the period", () => {
    const bogus: Alert = { ...ferry, key: "g9", date: "2028-01-24T09:05:00Z", dateNote: { future: true } };
    const { subject, email } = only(
      composeDigest(digest({ shown: [bogus, ferry, tideGate] }), digestOf(london)),
    );
    expect(subject).toBe("3 headlines · 24 – 25 Jan 2024 · Harbour Gazette");
    expect(email.match(/^\d\. .{4}/gmu)).toEqual(["1. Port", "2. Ferr", "3. Ferr"]);
    expect(email).toMatch(/^Monday, 24 January 2028\n\n3\. .*\n09:05 GMT \(in the future\)$/m);
  });

  test("the text of an entry without a title is shown once", () => {
    const shown = [
      { ...tideGate, title: "" },
      { ...ferry, title: "", summary: "Short post." },
      { ...ferry, key: "g3", title: "", summary: "" },
    ];
    expect(only(composeDigest(digest({ shown }), digestOf(london))).email).toContain(`
1. ${tideGate.summary}
11:20 GMT · by Maren Holt, J. Okafor · Topics: Works
https://gazette.example/2024/01/tide-gate-opens

Wednesday, 24 January 2024

2. Short post.
09:05 GMT
https://gazette.example/2024/01/ferry

3. New entry from Harbour Gazette
09:05 GMT
`);
  });

  test("the closing message of a flood", () => {
    const closing = only(
      composeDigest(digest({ shown: [{ ...ferry, revised: true }], more: 99_940, before: 10 }), london),
    );
    expect(written(closing)).toBe(`\
Subject: 99,941 more headlines · 24 Jan 2024 · Harbour Gazette

1. Updated: Ferry timetable changes from 1 February
09:05 GMT
The last boat leaves at 22:40.
https://gazette.example/2024/01/ferry

+99,940 more in this snapshot
https://gazette.example/

The 10 newest stories were sent separately.

You get this mail because your address is subscribed to alerts. To stop, use the link below.
`);
    expect(closing).toMatchObject({ keys: ["g2"], more: 99_940, kind: "digest", audience: "alerts" });
  });

  test("in mode alerts speaks of more headlines only where others were sent before it", () => {
    const shown = [tideGate, ferry];
    expect(only(composeDigest(digest({ shown }), london)).subject).toMatch(/^2 headlines · /u);
    expect(only(composeDigest(digest({ shown, before: 1 }), london)).subject).toMatch(
      /^2 more headlines · /u,
    );
  });

  test("of a schedule counts the feeds of the entries that it does not show, and names the feed of those that it shows", () => {
    const several = digest({ shown: [tideGate], more: 3, scheduled: { feeds: 3 } });
    for (const order of ["newest", "feed", "importance"] as const) {
      const { subject, email, sms } = only(composeDigest(several, { ...digestOf(london), order }));
      expect(subject).toBe("4 headlines from 3 feeds · 25 Jan 2024");
      expect(email).toContain("Harbour Gazette");
      expect(sms.text).toMatch(/^4 headlines from 3 feeds\n/u);
    }
  });

  test("shows five points of a list, and says that there are more", () => {
    const points = ["One", "Two", "Three", "Four", "Five", "Six", "Seven"];
    const mailOf = (given: readonly string[]) =>
      only(composeDigest(digest({ shown: [{ ...ferry, points: given }, tideGate] }), digestOf(london))).email;
    expect(mailOf(points)).toContain("\n- Five\n…\nhttps://");
    expect(mailOf([...points.slice(0, 5), "…"])).toContain("\n- Five\n…\nhttps://");
    expect(mailOf(points.slice(0, 5))).toContain("\n- Five\nhttps://");
  });

  test("shows the days in an SMS where they cost no further part", () => {
    const smsOf = (length: number) => {
      const title = "Quays ".repeat(20).slice(0, length);
      const shown = [tideGate, ferry, { ...ferry, key: "g3" }].map((entry) => ({ ...entry, title }));
      return only(composeDigest(digest({ shown }), digestOf(london))).sms;
    };
    expect(smsOf(20)).toMatchObject({ parts: 1, text: expect.stringContaining("\n2024-01-24") as string });
    expect(smsOf(31)).toMatchObject({
      parts: 1,
      text: expect.not.stringContaining("2024") as string,
      omissions: [],
    });
    expect(smsOf(40)).toMatchObject({ parts: 2, text: expect.stringContaining("\n2024-01-24") as string });
  });

  test("the closing message of a flood, in Chinese", () => {
    const closing = digest({ shown: [bridge], more: 1_200, before: 10, source: lamp });
    const { subject, email } = only(composeDigest(closing, shanghai));
    expect(subject).toBe("另有 1,201 条新闻 · 2024年1月26日 · 灯塔新闻");
    expect(email.split("\n\n").slice(-3)).toEqual([
      "+1,200 条，同在本次快照中\nhttps://dengta.example/",
      "最新的 10 条已逐条发送。",
      "您订阅了 alerts，因此收到本邮件。如需退订，请使用下方的链接。\n",
    ]);
    expect(only(composeDigest(closing, taipei)).email).toContain("+1,200 則，同在本次快照中\n");
  });

  test("that shows no entry only counts", () => {
    const { email } = only(composeDigest(digest({ more: 5, before: 10 }), london));
    expect(email.split("\n\n").slice(0, 2)).toEqual([
      "+5 more in this snapshot\nhttps://gazette.example/",
      "The 10 newest stories were sent separately.",
    ]);
  });

  test("entries without a date are last and not part of the period", () => {
    const undated = { ...tideGate, dateSource: "missing" } as const;
    const both = only(composeDigest(digest({ shown: [undated, ferry] }), digestOf(london)));
    expect(both.keys).toEqual(["g2", "g1"]);
    expect(both.subject).toBe("2 headlines · 24 Jan 2024 · Harbour Gazette");
    const none = only(
      composeDigest(digest({ shown: [undated, { ...undated, key: "g3" }] }), digestOf(london)),
    );
    expect(none.subject).toBe("2 headlines · Harbour Gazette");
  });

  test("a right-to-left name does not reorder the numbers of the subject", () => {
    const { subject, email } = only(
      composeDigest(digest({ shown: [library, library], source: minbar }), digestOf(london)),
    );
    expect(visible(subject)).toBe("2 headlines · 25 Jan 2024 · منبر المدينة");
    expect(visible(email).split("\n")[1]).toBe("11:20 GMT · by <FSI>ليلى حداد<PDI>");
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
