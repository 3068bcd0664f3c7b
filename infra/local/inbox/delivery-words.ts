import type { Audience } from "../../../functions/core/configuration.ts";

const languageNames = new Intl.DisplayNames("en", { type: "language", fallback: "code" });

/** When and in which form an audience gets its entries, as sentences. */
export const deliveryInWords = (audience: Audience): readonly string[] => [
  ...(audience.mode === "alerts" ? alerts(audience) : digests(audience)),
  `Written in ${languageNames.of(audience.locale) ?? audience.locale}, with dates in the time zone ${audience.timeZone}.`,
  `An SMS has at most ${partsOf(audience)}.`,
];

/** When what waits for an audience with a schedule is sent: `daily 07:00`, as configured, or `hourly`. */
export function slotsInWords({
  mode,
  schedule = "",
  quietHours,
  maxPerHour,
}: Pick<Audience, "mode" | "schedule" | "quietHours" | "maxPerHour">): string {
  if (mode === "digest") return schedule;
  if (maxPerHour !== undefined) return quietHours === undefined ? "hourly" : "hourly, after the quiet hours";
  return `end of the quiet hours, ${quietHours?.slice(-5) ?? ""}`;
}

function alerts({ maxAlerts, quietHours, maxPerHour }: Audience): readonly string[] {
  return [
    `One message per new entry, at once. A snapshot sends at most ${maxAlerts}; one more message has the rest.`,
    ...(quietHours === undefined
      ? []
      : [`Nothing from ${quietHours.replace("-", " to ")}; those entries follow in one digest.`]),
    ...(maxPerHour === undefined
      ? []
      : [`At most ${maxPerHour} alerts an hour; further entries follow in one digest.`]),
  ];
}

function digests({ schedule, digestItems, order, minItems, maxWaitDays }: Audience): readonly string[] {
  const when = schedule === "upload" ? "per snapshot, at once" : `on the schedule ‘${schedule}’`;
  return [
    `One digest ${when}. It shows at most ${digestItems} entries, ${orders[order]}.`,
    ...(minItems > 1
      ? [`Fewer than ${minItems} entries wait for the next slot, at most ${maxWaitDays} days.`]
      : []),
  ];
}

const orders: Readonly<Record<Audience["order"], string>> = {
  newest: "newest first",
  feed: "by feed",
  importance: "most important first",
};

function partsOf({ mode, sms }: Audience): string {
  const parts = mode === "alerts" ? sms.parts.alert : sms.parts.digest;
  return parts === 1 ? "one part" : `${parts} parts`;
}
