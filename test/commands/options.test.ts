import { InvalidArgumentError } from "commander";
import { expect, test } from "vitest";
import { UsageError } from "../../functions/console/usage-error.ts";
import { checkFiles, locate } from "../../functions/console/input.ts";
import { readConfiguration, readPastTime, time, timeZone } from "../../functions/commands/options.ts";

test.each([
  ["2026-11-23", "2026-11-23T00:00:00.000Z"],
  ["2026-11-23T08:30Z", "2026-11-23T08:30:00.000Z"],
  ["2026-11-23T08:30:01.5+08:00", "2026-11-23T00:30:01.500Z"],
])("the time %s is %s", (given, meant) => {
  expect(new Date(time(given)).toISOString()).toBe(meant);
});

test.each(["yesterday", "2026-13-01", "2026-11-23T08:30", "11/23/2026", "1700000000", ""])(
  "rejects the time ‘%s’, which is not an ISO 8601 time with a zone",
  (given) => {
    expect(() => time(given)).toThrow(InvalidArgumentError);
  },
);

test.each([
  ["30m", "2026-11-23T07:30:00.000Z"],
  ["2h", "2026-11-23T06:00:00.000Z"],
  ["3d", "2026-11-20T08:00:00.000Z"],
  ["2026-11-22", "2026-11-22T00:00:00.000Z"],
])("the time %s at 08:00 is %s", (given, meant) => {
  expect(new Date(readPastTime(given, Date.parse("2026-11-23T08:00:00Z"))).toISOString()).toBe(meant);
});

test.each(["yesterday", "2", "2w", "-2h", "2h30m", ""])("‘%s’ is no time in the past", (given) => {
  expect(() => readPastTime(given, 0)).toThrow("such as 30m, 2h or 3d");
});

test("accepts time zones of the IANA database", () => {
  expect(timeZone("Asia/Shanghai")).toBe("Asia/Shanghai");
  expect(() => timeZone("Asia/Nowhere")).toThrow("such as Asia/Shanghai");
});

test("a file name is relative to the folder where npm was called, or to the working directory", () => {
  expect(locate("a.xml", { npm_lifecycle_event: "feedbell", INIT_CWD: "/somewhere/else" })).toBe(
    "/somewhere/else/a.xml",
  );
  expect(locate("a.xml", { npm_lifecycle_event: "start", INIT_CWD: "/somewhere/else" })).toBe(
    "/somewhere/else/a.xml",
  );
  expect(locate("/a.xml", { npm_lifecycle_event: "feedbell", INIT_CWD: "/somewhere/else" })).toBe("/a.xml");
  expect(locate("a.xml", { npm_lifecycle_event: "test", INIT_CWD: "/somewhere/else" })).toBe(
    `${process.cwd()}/a.xml`,
  );
});

test("standard input can be given only once", () => {
  expect(() => checkFiles(["-", "a.xml", "-"])).toThrow(UsageError);
  expect(() => checkFiles(["-", "a.xml"])).not.toThrow();
});

test("an invalid configuration is wrong usage", async () => {
  await expect(readConfiguration("/nowhere/cdk.json")).rejects.toThrow(UsageError);
  await expect(readConfiguration(undefined)).resolves.toMatchObject({
    audiences: expect.any(Array) as unknown,
  });
});
