import { expect, test } from "vitest";
import { decodeKey, isFolder } from "../../functions/aws/object-keys.ts";

test.each([
  ["snapshots/a+b.xml", "snapshots/a b.xml"],
  ["snapshots/a%2Bb.xml", "snapshots/a+b.xml"],
  ["snapshots/%E5%BF%AB%E7%85%A7/%F0%9F%9B%8E.md", "snapshots/快照/🛎.md"],
  ["snapshots/100%25.xml", "snapshots/100%.xml"],
])("the key %s is %s", (encoded, key) => {
  expect(decodeKey(encoded)).toBe(key);
});

test("a key that is not form-encoded is an error", () => {
  expect(() => decodeKey("snapshots/%")).toThrow(URIError);
});

test("a folder is an empty object whose key ends with a slash", () => {
  expect(isFolder("snapshots/a/", 0)).toBe(true);
  expect(isFolder("snapshots/a/", 12)).toBe(false);
  expect(isFolder("snapshots/a/", undefined)).toBe(false);
  expect(isFolder("snapshots/a", 0)).toBe(false);
});
