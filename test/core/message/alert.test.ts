import { describe, expect, it } from "vitest";
import type { Entry } from "../../../functions/core/feed/entry.ts";
import { dateOf } from "../../../functions/core/feed/shown-date.ts";
import { summariseEntry } from "../../../functions/core/message/alert.ts";
import { detach } from "../../../functions/core/message/detach.ts";
import { languageOf } from "../../../functions/core/summary/language/entry-language.ts";
import { channelLimits } from "../../../functions/core/message/channel-limits.ts";
import { startCpuTimer } from "../../support/cpu-time.ts";

const now = Date.parse("2026-11-21T12:00:00Z");
const source = { slug: "millbrook", title: "Millbrook Courier" };
const entry: Entry = {
  id: "m1",
  title: "Mill wheel turns again",
  link: "https://mill.example/wheel",
  published: "2026-11-19T08:30:00Z",
  updated: "2026-11-20T08:30:00Z",
  dateSource: "published",
  authors: ["Ada Weir"],
  categories: ["Mill"],
  content: "<p>The miller of Millbrook grinds wheat again, for the first time in thirty years.</p>",
};
const alertOf = (changes: Partial<Entry>, revised = false) =>
  summariseEntry({ ...entry, ...changes }, { key: "k1", source, now, revised });

describe("an entry as its readers get it", () => {
  it("has a summary, a date and a language, and no markup", () => {
    expect(alertOf({})).toEqual({
      key: "k1",
      source,
      id: "m1",
      title: "Mill wheel turns again",
      link: "https://mill.example/wheel",
      date: "2026-11-19T08:30:00Z",
      published: "2026-11-19T08:30:00Z",
      updated: "2026-11-20T08:30:00Z",
      dateSource: "published",
      language: "en",
      authors: ["Ada Weir"],
      categories: ["Mill"],
      summary: "The miller of Millbrook grinds wheat again, for the first time in thirty years.",
    });
  });

  it("keeps the description as the feed has it, and is summarised by it", () => {
    const description = "<b>Flour</b> from Millbrook is back in the shops of the valley.";
    expect(alertOf({ description })).toMatchObject({
      description,
      summary: "Flour from Millbrook is back in the shops of the valley.",
    });
  });

  it("is marked as revised only where it was sent before", () => {
    expect(alertOf({}, true)).toHaveProperty("revised", true);
    expect(alertOf({})).not.toHaveProperty("revised");
  });

  it("has no author in its text where the text begins with one", () => {
    expect(
      alertOf({ content: "<div>Ada Weir | The wheel of the old mill turns again since Friday.</div>" })
        .summary,
    ).toBe("The wheel of the old mill turns again since Friday.");
  });
});

describe("the date of an entry", () => {
  it("is when it was published, else when it was updated", () => {
    const { published: _, ...unpublished } = entry;
    expect(dateOf(entry)).toBe("2026-11-19T08:30:00Z");
    expect(dateOf(unpublished)).toBe("2026-11-20T08:30:00Z");
    const { updated: __, ...undated } = unpublished;
    expect(summariseEntry(undated, { key: "k1", source, now, revised: false })).not.toHaveProperty("date");
  });

  it("is marked where it is in the future by more than clocks differ, and what else is noted of it stays", () => {
    const at = (milliseconds: number) => new Date(now + milliseconds).toISOString();
    expect(alertOf({ published: at(60_000) }).dateNote).toBeUndefined();
    expect(alertOf({ published: at(24 * 3_600_000) }).dateNote).toEqual({ future: true });
    expect(alertOf({ published: at(24 * 3_600_000), dateNote: { assumedZone: "UTC" } }).dateNote).toEqual({
      assumedZone: "UTC",
      future: true,
    });
    expect(alertOf({ dateNote: { assumedZone: "UTC" } }).dateNote).toEqual({ assumedZone: "UTC" });
  });
});

describe("the language of an entry", () => {
  it("is the declared one where the text can be in it, else the detected one", () => {
    expect(languageOf({ ...entry, language: "en-gb" })).toBe("en-GB");
    expect(
      languageOf({
        ...entry,
        title: "水磨又转起来了",
        content: "村里的水磨今天又转起来了。",
        language: "en",
      }),
    ).toBe("zh-Hans");
    expect(languageOf({ ...entry, title: "4", content: "" })).toBeUndefined();
  });
});

describe("a detached entry", () => {
  const picture = `<img src="data:image/png;base64,${"iVBORw0KGgo".repeat(50_000)}">`;

  it("keeps the text after embedded pictures", () => {
    const { content } = detach({ ...entry, content: `${picture}<p>After the picture.</p>` });
    expect(content).toBe('<img src=""><p>After the picture.</p>');
  });

  it("keeps what only looks like an embedded picture", () => {
    const content = "<p>data: 3;base64, data:text/plain,abc and data:;base64,</p>";
    expect(detach({ ...entry, content }).content).toBe(content);
  });

  it("keeps no more than a message or a summary can use", () => {
    const long = "x".repeat(2_000_000);
    const { title, description, content } = detach({
      ...entry,
      title: long,
      description: long,
      content: long,
    });
    expect(title).toHaveLength(channelLimits.messageBytes + 1);
    expect(description).toHaveLength(channelLimits.messageBytes + 1);
    expect(content).toHaveLength(16_384);
  });

  it("has no fields that the entry lacks", () => {
    const { content: _, ...empty } = entry;
    expect(detach(empty)).toEqual(empty);
  });

  it.each(["data:", "data:;base64,", "data:image/png;base64"])(
    "takes time in proportion to the text: %s",
    (part) => {
      const spent = (length: number): number => {
        const elapsed = startCpuTimer();
        detach({ ...entry, content: part.repeat(length / part.length) });
        return elapsed();
      };
      spent(100_000);
      expect(spent(1_000_000)).toBeLessThan(Math.max(2, spent(100_000)) * 40);
    },
  );
});
