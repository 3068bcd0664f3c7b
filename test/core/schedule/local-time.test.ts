import { expect, it } from "vitest";
import { instantsOfDay, startOfDay } from "../../../functions/core/schedule/local-time.ts";
import { nextSlot } from "../../../functions/core/schedule/next-slot.ts";

const iso = (time: number): string => new Date(time).toISOString();

it.each<[string, string, readonly string[]]>([
  ["Asia/Shanghai", "2026-11-26T07:00", ["2026-11-25T23:00:00.000Z"]],
  ["Europe/Berlin", "2027-03-28T02:30", []],
  ["Europe/Berlin", "2027-10-31T02:30", ["2027-10-31T00:30:00.000Z", "2027-10-31T01:30:00.000Z"]],
  ["America/New_York", "2027-03-14T02:00", []],
  ["America/New_York", "2027-11-07T01:59", ["2027-11-07T05:59:00.000Z", "2027-11-07T06:59:00.000Z"]],
  ["Australia/Lord_Howe", "2027-10-03T02:15", []],
  ["Australia/Lord_Howe", "2027-04-04T01:45", ["2027-04-03T14:45:00.000Z", "2027-04-03T15:15:00.000Z"]],
  ["America/Havana", "2027-03-14T00:30", []],
  ["Africa/Cairo", "2027-04-30T00:00", []],
  ["Pacific/Apia", "2011-12-30T12:00", []],
])("in %s the local time %s is at %j", (timeZone, local, instants) => {
  const at = Date.parse(`${local}Z`);
  expect(instantsOfDay(timeZone, startOfDay(at))(at).map(iso)).toEqual(instants);
});

it("a schedule fires next at its first local time after the given one", () => {
  const after = Date.parse("2027-03-27T01:30:00Z");
  expect(iso(nextSlot("cron(30 2 * * ? *)", "Europe/Berlin", after) ?? 0)).toBe("2027-03-29T00:30:00.000Z");
  expect(nextSlot("cron(0 0 30 2 ? *)", "UTC", after)).toBeUndefined();
});
