import { expect, it } from "vitest";
import type { Audience } from "../../../functions/core/configuration.ts";
import { dueSlot } from "../../../functions/core/digest/due-slot.ts";
import { audience } from "../../support/fake-system.ts";

const now = Date.parse("2026-11-26T21:10:00Z");
const alerts = (fields: Partial<Audience>) =>
  audience({ name: "a", mode: "alerts", timeZone: "Europe/Berlin", ...fields });
const digest = (fields: Partial<Audience>) =>
  audience({ name: "a", mode: "digest", timeZone: "Europe/Berlin", ...fields });

it.each<[Audience, number, string | undefined]>([
  [alerts({}), 1, undefined],
  [digest({ schedule: "upload" }), 1, undefined],
  [digest({ schedule: "daily 07:00", timeZone: "Asia/Shanghai" }), 1, "2026-11-26T23:00:00.000Z"],
  [digest({ schedule: "weekly mon 07:00" }), 1, "2026-11-30T06:00:00.000Z"],
  [alerts({ quietHours: "22:00-06:30" }), 1, "2026-11-27T05:30:00.000Z"],
  [alerts({ maxPerHour: 5 }), 1, "2026-11-26T22:00:00.000Z"],
  [alerts({ quietHours: "22:00-06:30", maxPerHour: 5 }), 1, "2026-11-27T05:30:00.000Z"],
  [digest({ schedule: "hourly", minItems: 3 }), 3, "2026-11-26T22:00:00.000Z"],
  [digest({ schedule: "hourly", minItems: 3, maxWaitDays: 2 }), 2, "2026-11-28T22:00:00.000Z"],
  [digest({ schedule: "cron(0 7 * * ? 2025)" }), 1, undefined],
])("for %j with %i entries is %s", (reader, entries, expected) => {
  const slot = dueSlot(reader, { entries, now });
  expect(slot && new Date(slot).toISOString()).toBe(expected);
});
