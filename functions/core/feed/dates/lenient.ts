import { unsafeInOutput } from "../text/unsafe-characters.ts";
import { cjkNumerals } from "./cjk.ts";
import { takeClock, type TextClock } from "./clock-time.ts";
import type { DateContext, ReadDate } from "./date-value.ts";
import { isSilent, monthOf, withSingleWordMonths } from "./date-words.ts";
import { namedDay, numericDay } from "./days.ts";
import { signed } from "./digits.ts";
import { finish, instant, isTimeZone } from "./instant.ts";
import { asciiDigits, foldLetters } from "./letters.ts";
import { isZone, offsetOf, regionOf } from "./zone-names.ts";

/**
 * Reads a date that is in neither of the two common forms: clock and zone are taken out first, then the day. Only
 * words without meaning for the date may be left: a sentence that mentions a day is no date.
 */
export function parseLenient(raw: string, context: DateContext): ReadDate | undefined {
  const language = /\p{Script=Thai}/u.test(raw) ? "th" : context.language;
  const text = normalized(raw, language);
  const stamp = /^(\d{9,13})(?:\.\d{1,6})?$/.exec(text)?.[1];
  if (stamp !== undefined && !writesDay(stamp))
    return stamp.length === 11
      ? undefined
      : instant(Number(stamp) * (stamp.length > 10 ? 1 : 1000), undefined);
  const compact =
    /^(\d{4})(\d{2})(\d{2})(?:[t ]?(\d{2})(?::?(\d{2}):?(\d{2})?(?:[.,]\d{1,9})?)?)? ?(z|[+-]\d{2}:?\d{2})?$/.exec(
      text,
    );
  const plain =
    compact === null
      ? text
      : `${compact[1]}-${compact[2]}-${compact[3]} ${compact[4] ?? "00"}:${compact[5] ?? "00"}:${compact[6] ?? "00"} ${compact[7] ?? ""}`;
  const clock = takeClock(plain);
  const zone = takeZone(clock, language);
  const day = numericDay(zone.rest, language) ?? namedDay(zone.rest, language);
  if (day === undefined || !isSpent(day.rest, clock.found)) return undefined;
  const { hour, minute, second, millisecond } = clock;
  const { timeZone } = zone;
  const { year, month, day: dayOfMonth } = day;
  const read = finish(
    { year, month, day: dayOfMonth, hour, minute, second, millisecond, offset: zone.offset },
    timeZone === undefined ? context : { timeZone },
  );
  const hasTime = compact === null ? clock.found : compact[4] !== undefined;
  return read === undefined || hasTime
    ? read
    : { ...read, day: new Date(Date.UTC(year, month, dayOfMonth)).toISOString().slice(0, 10) };
}

/** The text as it is compared: one spelling, ASCII digits, no leading weekday. */
function normalized(raw: string, language: string | undefined): string {
  const text = asciiDigits(raw.normalize("NFKC"))
    .replace(/\s+/g, " ")
    .replace(unsafeInOutput, "")
    .trim()
    // A `+` that was URL-decoded to a space.
    .replace(/(?<=:\d\d:\d\d) (?=\d\d:\d\d$)/, "+")
    // Capitals after the clock name a zone; an unknown one leaves the zone open.
    .replace(/(?<=:\d\d) ?([A-Z]{3,5})$/, (word) =>
      isZone(word.trim().toLowerCase()) || word.trim().length === 2 ? word : "",
    )
    // Vietnamese numbers its weekdays: `Thứ 5`.
    .replace(/^thứ \d,? /i, "");
  const folded = withSingleWordMonths(cjkNumerals(foldLetters(text)));
  // Polish `pt.` is a Friday here and the Pacific zone after a clock.
  return folded.replace(/^(\p{L}[\p{L}\p{M}]*)[.,،] ?/u, (whole, word: string) =>
    isSilent(word) && monthOf(word, language) === undefined ? "" : whole,
  );
}

/** Ten and twelve digits may be a unix time or a day with its hour or minute; a unix time of the 1970s or of 2033 is neither's. */
function writesDay(digits: string): boolean {
  return (
    (digits.length === 12 && /^(?:19|20)/.test(digits)) ||
    (digits.length === 10 && /^20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])$/.test(digits))
  );
}

/** Whether only words without meaning for the date and punctuation are left. */
function isSpent(rest: string, hasClock: boolean): boolean {
  const left = rest.replace(/\p{L}[\p{L}\p{M}']*/gu, (word) =>
    isSilent(word) || word === "z" || (hasClock && (word === "t" || isZone(word))) ? "" : word,
  );
  return /^[\s\p{P}|]*$/u.test(left);
}

interface TextZone {
  readonly offset: number | undefined;
  readonly timeZone?: string;
  readonly rest: string;
}

function takeZone(clock: TextClock, language: string | undefined): TextZone {
  const numeric =
    /^[\s,]*(?:gmt|utc|ut|z)?[\s(]*([+\-\u2212])(\d{1,2})(?::(\d{1,2})|(\d{2}))?\)?(?![\d/.])/.exec(
      clock.after,
    );
  let after = clock.after;
  let offset: number | undefined;
  if (numeric !== null) {
    offset = signed(numeric[1] === "+" ? "+" : "-", numeric[2], numeric[3] ?? numeric[4]);
    after = after.slice(numeric[0].length);
  }
  let timeZone: string | undefined;
  after = after.replace(/\[?\b([a-z_]+\/[a-z_/+-]+)\]?/, (whole, region: string) => {
    if (!isTimeZone(region)) return whole;
    if (offset === undefined) timeZone = region;
    return " ";
  });
  const around = `${clock.before} ${after}`;
  const outside = around.replace(/\([^()]{0,60}\)|\[[^[\]]{0,60}\]/g, " ");
  for (const word of outside.match(/\p{L}+/gu) ?? []) {
    if ((!clock.found && word !== "z") || monthOf(word, language) !== undefined) continue;
    if (isSilent(word) && !isZone(word)) continue;
    offset ??= offsetOf(word, language);
    if (offset === undefined) timeZone ??= regionOf(word);
  }
  const rest = around.replace(/\(([^()]{0,60})\)|\[([^[\]]{0,60})\]/g, (whole, ...inner) => {
    const named = offsetOf(String(inner[0] ?? inner[1]).trim(), language);
    // The long name of a zone follows its offset.
    if (named === undefined && offset === undefined) return whole;
    offset ??= named;
    return " ";
  });
  return {
    offset,
    rest,
    ...(timeZone === undefined || offset !== undefined ? {} : { timeZone }),
  };
}
