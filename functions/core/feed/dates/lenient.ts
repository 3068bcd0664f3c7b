import { unsafeInOutput } from "../text/unsafe-characters.ts";
import { namedDay, numericDay } from "./days.ts";
import { fraction, number, signed } from "./digits.ts";
import { easternNumerals } from "./cjk.ts";
import { finish, instant, isTimeZone } from "./instant.ts";
import { isSilent, monthOf, offsetOf } from "./date-words.ts";
import type { DateContext, ReadDate } from "./read-date.ts";

/**
 * Reads a date that is in none of the two common forms: clock and zone are taken out first, then the day. What is left
 * may only be words that say nothing: a sentence that mentions a day is no date.
 */
export function thoroughly(raw: string, context: DateContext): ReadDate | undefined {
  const text = easternNumerals(
    raw
      .normalize("NFKC")
      .replace(/\s+/g, " ")
      .replace(unsafeInOutput, "")
      .trim()
      // A plus that was decoded as the blank of an address.
      .replace(/(?<=:\d\d:\d\d) (?=\d\d:\d\d$)/, "+")
      // Capitals behind the clock name a zone; one that nobody knows leaves the zone open.
      .replace(/(?<=:\d\d) ?([A-Z]{3,5})$/, (word) =>
        offsetOf(word.trim().toLowerCase(), undefined) === undefined ? "" : word,
      )
      .toLowerCase(),
  );
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
  const zone = takeZone(clock, context.language);
  const day = numericDay(zone.rest, context.language) ?? namedDay(zone.rest);
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

/** Ten and twelve digits may be a unix time or a day with its hour or minute; a unix time of the 1970s or of 2033 is neither's. */
function writesDay(digits: string): boolean {
  return (
    (digits.length === 12 && /^(?:19|20)/.test(digits)) ||
    (digits.length === 10 && /^20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])$/.test(digits))
  );
}

/** Whether nothing is left but words that say nothing, and punctuation. */
function isSpent(rest: string, hasClock: boolean): boolean {
  const left = rest.replace(/\p{L}[\p{L}']*/gu, (word) =>
    isSilent(word) || word === "z" || (hasClock && (word === "t" || offsetOf(word, undefined) !== undefined))
      ? ""
      : word,
  );
  return /^[\s\p{P}|]*$/u.test(left);
}

interface Clock {
  readonly found: boolean;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  readonly before: string;
  readonly after: string;
}

const clockForms = [
  /(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,:](\d{1,9}))?)?/,
  /\b(\d{1,2})(?:\.(\d{2}))? ?(?=(?:uhr|uur)\b)/,
  /(?<=\bore )(\d{1,2})\.(\d{2})\b/,
  /(?<=[^\d]\d{4},? (?:[-–] )?)(\d{1,2})\.(\d{2})$/,
  /(?<=\d)t(\d{2})(?=$|[z+-])/,
  /(\d{1,2}) ?[時时点點시] ?(?:(\d{1,2}) ?[分분]? ?(?:(\d{1,2}) ?[秒초]?)?)?/,
  /\b(\d{1,2}) ?h ?(\d{2})?\b/,
  /\b(\d{1,2}) ?(?=[ap]\.? ?m\b)/,
];
const afternoon = /\bp\.? ?m\b\.?|下午|午後|오후|晚上|晚/;
const morning = /\ba\.? ?m\b\.?|上午|午前|오전|凌晨|早上/;

function takeClock(text: string): Clock {
  const none = { found: false, hour: 0, minute: 0, second: 0, millisecond: 0, before: text, after: "" };
  const match = clockForms.reduce<RegExpExecArray | null>((found, form) => found ?? form.exec(text), null);
  if (match === null) return none;
  let before = text.slice(0, match.index);
  let after = text.slice(match.index + match[0].length);
  const half = afternoon.test(before + after) ? 12 : morning.test(before + after) ? 0 : undefined;
  before = before.replace(afternoon, " ").replace(morning, " ");
  after = after.replace(afternoon, " ").replace(morning, " ");
  let hour = number(match[1]);
  // `13:05 PM` is written by clocks that know both: the half of the day adds nothing there.
  if (half !== undefined && hour <= 12) hour = (hour % 12) + half;
  return {
    found: true,
    hour,
    minute: number(match[2]),
    second: number(match[3]),
    millisecond: fraction(match[4]),
    before,
    after,
  };
}

interface Zone {
  readonly offset: number | undefined;
  readonly timeZone?: string;
  readonly rest: string;
}

function takeZone(clock: Clock, language: string | undefined): Zone {
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
  for (const word of outside.match(/\p{L}+/gu) ?? [])
    if (clock.found || word === "z") offset ??= isMonthOrDay(word) ? undefined : offsetOf(word, language);
  const rest = around.replace(/\(([^()]{0,60})\)|\[([^[\]]{0,60})\]/g, (whole, ...inner) => {
    const named = offsetOf(String(inner[0] ?? inner[1]).trim(), language);
    // Behind an offset stands the long name of its zone.
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

function isMonthOrDay(word: string): boolean {
  return monthOf(word) !== undefined || isSilent(word);
}
