import { expect, test } from "vitest";
import { formatCsv, parseCsv } from "../../../functions/commands/subscribers/csv.ts";
import * as fc from "../../support/properties.ts";

test.each([
  ["commas", "address,filter\na@example.org,feed=voa\n"],
  ["semicolons", "address;filter\r\na@example.org;feed=voa\r\n"],
  ["tabs", "address\tfilter\na@example.org\tfeed=voa"],
  ["a byte order mark and capitals", "\uFEFFAddress, Filter\na@example.org , feed=voa\n\n  \n"],
])("a file with %s", (_, text) => {
  const { header, rows } = parseCsv(text);
  expect(header).toEqual(["address", "filter"]);
  expect(rows).toEqual([{ line: 2, values: { address: "a@example.org", filter: "feed=voa" } }]);
});

test("quoted values keep separators, quotation marks and line breaks; lines are counted through them", () => {
  const { rows } = parseCsv('address,filter\n"a","x, ""y""\nz"\nb,\nc\n');
  expect(rows).toEqual([
    { line: 2, values: { address: "a", filter: 'x, "y"\nz' } },
    { line: 4, values: { address: "b", filter: "" } },
    { line: 5, values: { address: "c", filter: "" } },
  ]);
});

test.each([
  ["", "line 1: found nothing"],
  ['address\n"a', "line 2: found no closing quotation mark"],
  ['address\n"a"b', "line 2: found text after a closing quotation mark"],
  ["address,filter,Address\na,b,c", 'line 1: found two columns "address"'],
  ["address\na,b", "line 2: found 2 values; expected 1"],
])("%j is refused: %s", (text, says) => {
  expect(() => parseCsv(text)).toThrow(says);
});

test("what was written is read again", () => {
  // Values are trimmed, and a line without any value is skipped.
  const value = fc
    .oneof(
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: fc.constantFrom("=", "+", "-", "@", "'", "1", "a") }),
    )
    .map((text) => text.trim());
  const rows = fc.array(fc.tuple(value, value, fc.constant("x")), { maxLength: 5 });
  fc.assert(
    fc.property(rows, (written) => {
      const text = [["a", "b", "c"], ...written].map(formatCsv).join("");
      expect(parseCsv(text).rows.map(({ values }) => Object.values(values))).toEqual(written);
    }),
  );
});

test.each([
  ["=cmd|'/C'!A0@example.org", "'=cmd|'/C'!A0@example.org"],
  ["-2+3@example.org", "'-2+3@example.org"],
  ["+1@example.org", "'+1@example.org"],
  ["'quoted@example.org", "''quoted@example.org"],
  ["+12025550123", "+12025550123"],
  ["reader@example.org", "reader@example.org"],
])("no spreadsheet runs %s as a formula, and import reads it as it was", (address, field) => {
  const line = formatCsv([address]);
  expect(line).toBe(`${field}\n`);
  expect(parseCsv(`address\n${line}`).rows.map(({ values }) => values["address"])).toEqual([address]);
});

test("an apostrophe that a person wrote stays", () => {
  expect(parseCsv("address\n'a@example.org\n").rows[0]?.values).toEqual({ address: "'a@example.org" });
});
