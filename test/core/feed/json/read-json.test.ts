import { expect, test } from "vitest";
import { parseSnapshot } from "../../../../functions/core/feed/parse.ts";

test.each([
  ["12345678901234567890", "12345678901234567890"],
  ["-9007199254740993", "-9007199254740993"],
  ["1.50", "1.50"],
  ["1e3", "1e3"],
  ["7", "7"],
  ['"0012"', "0012"],
])("the id %s is read as written", async (written, id) => {
  const text = `{"items":[{"id" : ${written},"title":"A","authors":[{"name":"B","id":12345678901234567890}],"tags":[12]}]}`;
  const { entries } = await parseSnapshot(Buffer.from(text));
  expect(entries).toMatchObject([{ id, title: "A", authors: ["B"], categories: ["12"] }]);
});

test("two ids that `Number` can't tell apart are two, also in JSON with a comma too many", async () => {
  const text =
    '{"items":[{"id":90071992547409931234,"title":"A"},{"id":90071992547409931299,"title":"B",},]}';
  const { entries } = await parseSnapshot(Buffer.from(text));
  expect(entries.map(({ id }) => id)).toEqual(["90071992547409931234", "90071992547409931299"]);
});
