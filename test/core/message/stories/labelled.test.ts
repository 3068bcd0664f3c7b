import { describe, expect, test } from "vitest";
import { labelledItems, languages, type LabelledItem } from "./labelled.ts";

/** Whether an item of a kind starts a story, as opposed to joining one. */
const startsStory: Record<LabelledItem["kind"], boolean> = {
  report: true,
  copy: false,
  reworded: false,
  update: false,
  "other-event": true,
  "other-period": true,
  "other-match": true,
  preview: true,
  recurring: true,
};

describe.each(
  languages.flatMap((language) =>
    (["development", "test"] as const).map((half) => [language, half] as const),
  ),
)("labelled items in %s of the %s half", (language, half) => {
  const items = labelledItems(half, language);
  const stories = new Set(items.map(({ story }) => story));

  test("have a known kind, a feed, a title and a valid date", () => {
    for (const { kind, feed, title, date } of items) {
      expect(Object.keys(startsStory)).toContain(kind);
      expect(feed).not.toBe("");
      expect(title.trim()).not.toBe("");
      expect(Date.parse(date ?? "")).not.toBeNaN();
    }
  });

  test("have one first report for each story", () => {
    const starts = items.filter(({ kind }) => startsStory[kind]).map(({ story }) => story);
    expect(starts.toSorted()).toEqual([...stories].toSorted());
  });

  test("resemble an existing story that is not their own", () => {
    const resembling = items.filter(({ resembles }) => resembles !== undefined);
    for (const { story, resembles } of resembling) {
      expect(stories).toContain(resembles);
      expect(resembles).not.toBe(story);
    }
  });
});

test.each(languages)("The halves in %s share no story and no title of an event", (language) => {
  const events = (half: "development" | "test"): readonly string[] =>
    labelledItems(half, language)
      .filter(({ kind }) => kind !== "recurring")
      .flatMap(({ story, title }) => [story, title]);
  const development = new Set(events("development"));
  expect(events("test").filter((text) => development.has(text))).toEqual([]);
});
