import { expect, test } from "vitest";
import { commonCategories, tellingCategories } from "../../../functions/core/message/telling-categories.ts";
import { ferry } from "../../support/sample-messages.ts";

const telling = (...categories: readonly string[]) => tellingCategories({ ...ferry, categories }, 5);

test.each([
  ["generic ones", ["Uncategorized", "News", "Sin categoría", "未分类", "Без рубрики"]],
  ["the feed's name and site", ["Harbour Gazette", "Harbour", "gazette", "gazette.example"]],
  ["words of the title", ["Ferry", "timetable"]],
  ["names for programs", ["type:article", "wp_featured", "region|UK", "https://x.example/tag/a", "a-b-c"]],
  ["those without letters", ["2024", "#1", "🚢"]],
  ["sentences", ["Everything that you always wanted to know about ferries"]],
])("are without %s", (_, categories) => {
  expect(telling(...categories)).toEqual([]);
});

test("are other words where only a vowel sign or a tone differs", () => {
  // Hindi: "fair of books" and "gardener", "pearl"; the consonants of the categories are all in the title.
  const hindi = { ...ferry, title: "किताबों का मेला", categories: ["माली", "मोती", "मेला"] };
  expect(tellingCategories(hindi, 5)).toEqual(["माली", "मोती"]);
  expect(telling("ป่า", "ปา")).toEqual(["ป่า", "ปา"]);
});

test("are shown once, in the feed's order, at most five", () => {
  expect(telling("#Islands", "islands", "文化", "Art & Craft", "Pilots", "Quay", "Tides")).toEqual([
    "Islands",
    "文化",
    "Art & Craft",
    "Pilots",
    "Quay",
  ]);
});

test("that most entries of a digest have do not tell them apart", () => {
  const alerts = ["A", "B", "C", "D"].map((own) => ({ ...ferry, categories: ["Harbour", own] }));
  const common = commonCategories(alerts);
  expect([...common]).toEqual(["harbour"]);
  expect(alerts.map((alert) => tellingCategories(alert, 3, common))).toEqual([["A"], ["B"], ["C"], ["D"]]);
  expect(commonCategories(alerts.slice(0, 3))).toEqual(new Set());
});
