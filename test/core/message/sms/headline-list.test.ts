import { describe, expect, test } from "vitest";
import type { Audience } from "../../../../functions/core/configuration.ts";
import { composeDigest } from "../../../../functions/core/message/index.ts";
import type { Alert, Sms } from "../../../../functions/core/message/message.ts";
import { digestOf, ferry, gazette, london } from "../../../support/sample-messages.ts";

const inParts = (parts: number): Audience => {
  const both = { alert: parts, digest: parts };
  return digestOf({ ...london, sms: { parts: both, maxParts: both, fold: "auto" } });
};

/** The SMS of a digest with these titles. */
function smsOf(titles: readonly string[], parts: number, change: Partial<Alert> = {}): Sms {
  const shown = titles.map((title, index) => ({
    ...ferry,
    key: `k${index}`,
    title,
    source: { slug: "gazette", title: "Harbour Gazette" },
    ...change,
  }));
  return composeDigest({ shown, more: 0, before: 0, source: gazette }, inParts(parts))[0]!.sms;
}

const listed = ({ text }: Sms): readonly string[] => text.split("\n").filter((line) => line.startsWith("- "));

test("the closing message of a flood with one entry is written like an alert", () => {
  const readers = { ...london, sms: inParts(2).sms };
  const digest = { shown: [ferry], more: 0, before: 3, source: gazette };
  expect(composeDigest(digest, readers)[0]!.sms.text).toBe(
    "Ferry timetable changes from 1 February\nThe last boat leaves at 22:40.\n2024-01-24 Harbour Gazette\nhttps://gazette.example/2024/01/ferry",
  );
});

describe("the headlines of an SMS", () => {
  const long = "Harbour engineers finish the survey of all nine sluices before winter";

  test("a headline that does not fit costs only itself", () => {
    const planned = smsOf([long, `A ${long}`, `B ${long}`, "Fog", `C ${long}`, "Ice"], 1);
    expect(listed(planned).map((line) => line.slice(2, 9))).toEqual(["Harbour", "A Harbo", "Fog", "Ice"]);
    expect(planned.text).toContain("\n+2\n");
    expect(planned.omissions).toContain("headlines omitted");
  });

  test("four emoji-filled headlines in front do not hide the others", () => {
    const titles = [...Array.from({ length: 4 }, () => "👨‍👩‍👧‍👦".repeat(30)), "Ferry late", "Tide gate shut"];
    expect(listed(smsOf(titles, 1))).toEqual(["- Ferry late", "- Tide gate shut"]);
  });

  test("without titles, as much of the texts as fits is shown", () => {
    const summary =
      "The last boat leaves at 22:40 from the north quay. Tickets bought for later boats stay valid until the end of the month.";
    const short = smsOf(["", "", ""], 1, { summary });
    expect(listed(short)).toHaveLength(3);
    expect(short.omissions).toContain("headlines shortened");
    const whole = smsOf(["", "", ""], 4, { summary });
    expect(listed(whole)).toEqual([`- ${summary}`, `- ${summary}`, `- ${summary}`]);
    expect(whole.omissions).toEqual([]);
  });

  test("the start of a very long title says that it is not all", () => {
    const planned = smsOf(["word ".repeat(150), "Fog"], 5);
    expect(planned.omissions).toContain("headlines shortened");
  });

  test("an entry without title and text names its feed in short", () => {
    const source = {
      slug: "mill",
      title: "Mill Radio with Ada Weir, Bo Lock and all their friends of the weir",
    };
    expect(listed(smsOf(["", "Fog"], 2, { source, summary: "" }))).toContain("- New entry from Mill Radio");
  });
});
