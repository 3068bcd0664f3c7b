import { expect, test } from "vitest";
import { listedPoints } from "../../../functions/core/summary/listed-points.ts";

const list = (...items: readonly string[]) => `<ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul>`;

test("the points of release notes are kept, without the addresses of their changes", () => {
  const html = `<h2>Changes</h2>${list("Add a <b>dark</b> mode", "Fix a crash by @ash in https://code.example.com/a/pull/1")}`;
  expect(listedPoints(html, "v2")).toEqual(["Add a dark mode", "Fix a crash by @ash"]);
});

test("of a long list twelve are kept and the others are marked", () => {
  const points = listedPoints(
    list(...Array.from({ length: 20 }, (_, i) => `Repair the winch number ${i}`)),
    "v2",
  );
  expect(points).toHaveLength(13);
  expect(points.slice(-2)).toEqual(["Repair the winch number 11", "…"]);
});

test.each([
  ["one point", list("Add a dark mode")],
  [
    "an article with a list",
    `<p>${"The ferry sails again after a winter in the dock, and its new engine is quiet. ".repeat(5)}</p>${list("Adults 4 euros", "Children 2 euros")}`,
  ],
  ["points as long as paragraphs", list("The ferry sails again. ".repeat(30), "It is quiet. ".repeat(40))],
  ["plain text", "Add a dark mode. Fix a crash."],
  ["nothing", ""],
])("%s is no list", (_, html) => {
  expect(listedPoints(html, "v2")).toEqual([]);
});
