import { expect, test } from "vitest";
import { setJson, type JsonPath } from "../../../functions/commands/feeds/json-edit.ts";
import * as fc from "../../support/properties.ts";

const text = `{
  "app": "node infra/app.ts",
  "context": {
    "feedbell": {
      "audiences": [{ "name": "a", "mode": "alerts" }, {"name":"b"}]
    },
    "list": ["aws", "aws-cn"]
  }
}
`;

test("adds a setting with the file's indentation and leaves everything else as it is", () => {
  expect(setJson(text, ["context", "feedbell", "feeds", "voa"], { title: "VOA" })).toBe(
    text.replace(
      '{"name":"b"}]\n',
      `{"name":"b"}],
      "feeds": {
        "voa": {
          "title": "VOA"
        }
      }
`,
    ),
  );
});

test("replaces a value in a list on one line", () => {
  expect(setJson(text, ["context", "feedbell", "audiences", 1, "name"], "c")).toBe(
    text.replace('{"name":"b"}', '{"name":"c"}'),
  );
});

test("keeps tabs, Windows line ends and a byte order mark", () => {
  const windows = '\uFEFF{\r\n\t"a": 1\r\n}\r\n';
  expect(setJson(windows, ["b", "c"], [1])).toBe(
    '\uFEFF{\r\n\t"a": 1,\r\n\t"b": {\r\n\t\t"c": [\r\n\t\t\t1\r\n\t\t]\r\n\t}\r\n}\r\n',
  );
});

test("fills an empty object", () => {
  expect(setJson("{}", ["a"], 1)).toBe('{\n  "a": 1\n}');
});

/** What the edit must give, calculated on the value. */
function changed(value: unknown, [key, ...rest]: JsonPath, to: unknown): unknown {
  if (key === undefined) return to;
  const inner = changed((value as Record<string | number, unknown> | undefined)?.[key], rest, to);
  if (Array.isArray(value)) return value.with(Number(key), inner);
  return { ...(value as object), [key]: inner };
}

test("gives the document with that value, in any layout", () => {
  const key = fc.string({ minLength: 1 }).filter((name) => name !== "__proto__");
  const layouts = fc.constantFrom(undefined, 1, 2, "\t");
  const objects = fc.dictionary(key, fc.dictionary(key, fc.jsonValue({ maxDepth: 2 })));
  fc.assert(
    fc.property(
      objects,
      layouts,
      fc.tuple(key, key),
      fc.jsonValue(),
      (document, layout, [first, second], value) => {
        for (const path of [[first], [first, second], [Object.keys(document)[0] ?? first, second, "new"]]) {
          const at = path.slice(0, -1).reduce<unknown>((inner, name) => (inner as never)?.[name], document);
          if (at !== undefined && (typeof at !== "object" || at === null || Array.isArray(at))) continue;
          const edited = setJson(JSON.stringify(document, null, layout), path, value);
          expect(JSON.parse(edited)).toEqual(JSON.parse(JSON.stringify(changed(document, path, value))));
        }
      },
    ),
  );
});
