import { isSilent, monthOf, offsetOf } from "./date-words.ts";

/** A date as read: its instant, and the zone that had to be assumed because the text names none. */
export interface ReadDate {
  /** ISO 8601, UTC, to the second (milliseconds only where the source has them). */
  readonly iso: string;
  readonly assumedZone?: string;
}

export interface DateContext {
  /** IANA zone of dates without one; UTC by default. */
  readonly timeZone?: string | undefined;
  /** BCP 47; decides between day/month and month/day, and what CST is. */
  readonly language?: string | undefined;
}

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  /** Minutes east of UTC. */
  offset: number | undefined;
}

const rfc822 =
  /^(?:[A-Za-z]{3},? )?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))? (?:GMT|UTC|Z|([+-])(\d{2}):?(\d{2}))$/;
const rfc3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? ?(?:[Zz]|([+-])(\d{2}):?(\d{2}))$/;
const longest = 120;
/** Years outside are slips of a generator: the year 1 of an unset date, the 5-digit year of milliseconds read as seconds. */
const firstYear = 1900;
const lastYear = 2199;

/**
 * Reads a date in any form that feeds use: RFC 822 and 3339 and their many misspellings, ISO 8601 basic, ordinal
 * and date-only forms, unix seconds and milliseconds, localised month names, Chinese, Japanese and Korean dates,
 * 12-hour clocks, zone names. What can't be read for certain, an impossible date and a placeholder (the very start of
 * the unix epoch) give undefined: a date is never made up.
 */
export function readDate(raw: string, context: DateContext = {}): ReadDate | undefined {
  if (raw.length > longest) return undefined;
  return quickly(raw) ?? thoroughly(raw, context);
}

function quickly(raw: string): ReadDate | undefined {
  const mail = rfc822.exec(raw);
  if (mail !== null) {
    const month = monthOf(mail[2] ?? "") ?? monthOf(mail[2]?.toLowerCase() ?? "");
    if (month === undefined) return undefined;
    return finish(
      {
        year: number(mail[3]),
        month,
        day: number(mail[1]),
        hour: number(mail[4]),
        minute: number(mail[5]),
        second: number(mail[6]),
        millisecond: 0,
        offset: signed(mail[7], mail[8], mail[9]),
      },
      {},
    );
  }
  const iso = rfc3339.exec(raw);
  if (iso === null) return undefined;
  return finish(
    {
      year: number(iso[1]),
      month: number(iso[2]) - 1,
      day: number(iso[3]),
      hour: number(iso[4]),
      minute: number(iso[5]),
      second: number(iso[6]),
      millisecond: fraction(iso[7]),
      offset: signed(iso[8], iso[9], iso[10]),
    },
    {},
  );
}

function thoroughly(raw: string, context: DateContext): ReadDate | undefined {
  const text = raw
    .normalize("NFKC")
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "")
    .trim()
    .toLowerCase();
  const stamp = /^(\d{9,10}|\d{12,13})(?:\.\d{1,6})?$/.exec(text);
  if (stamp !== null) {
    const digits = stamp[1] ?? "";
    return instant(Number(digits) * (digits.length > 10 ? 1 : 1000), undefined);
  }
  const compact =
    /^(\d{4})(\d{2})(\d{2})(?:[t ]?(\d{2}):?(\d{2}):?(\d{2})?(?:[.,]\d{1,9})?)? ?(z|[+-]\d{2}:?\d{2})?$/.exec(
      text,
    );
  const plain =
    compact === null
      ? text
      : `${compact[1]}-${compact[2]}-${compact[3]} ${compact[4] ?? "00"}:${compact[5] ?? "00"}:${compact[6] ?? "00"} ${compact[7] ?? ""}`;
  const clock = takeClock(plain);
  const zone = takeZone(clock, context.language);
  const day = numericDay(zone.rest, context.language) ?? namedDay(zone.rest, clock.found);
  if (day === undefined) return undefined;
  const { hour, minute, second, millisecond } = clock;
  const { timeZone } = zone;
  return finish(
    { ...day, hour, minute, second, millisecond, offset: zone.offset },
    timeZone === undefined ? context : { timeZone },
  );
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
  const numeric = /^[\s,]*(?:gmt|utc|ut|z)?[\s(]*([+\-\u2212])(\d{1,2}):?(\d{2})?\)?(?![\d/])/.exec(
    clock.after,
  );
  let after = clock.after;
  let offset: number | undefined;
  if (numeric !== null) {
    offset = signed(numeric[1] === "+" ? "+" : "-", numeric[2], numeric[3]);
    after = after.slice(numeric[0].length);
  }
  const region = /\[([a-z_]+\/[a-z_/+-]+)\]/.exec(after);
  const text = `${clock.before} ${after}`;
  const rest = text.replace(/\([^()]{0,60}\)|\[[^[\]]{0,60}\]/g, (inner) => {
    offset ??= offsetOf(inner.slice(1, -1).trim(), language);
    return " ";
  });
  const words = rest.match(/\p{L}+/gu) ?? [];
  for (const word of words)
    if (clock.found || word === "z") offset ??= isMonthOrDay(word) ? undefined : offsetOf(word, language);
  const timeZone =
    offset === undefined && region?.[1] !== undefined && isTimeZone(region[1]) ? region[1] : undefined;
  return { offset, rest, ...(timeZone === undefined ? {} : { timeZone }) };
}

type Day = Pick<Parts, "year" | "month" | "day">;

function numericDay(text: string, language: string | undefined): Day | undefined {
  const east = /(\d{2,4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2})/.exec(text);
  if (east !== null) return { year: fullYear(east[1]), month: number(east[2]) - 1, day: number(east[3]) };
  const ordered = /(?<!\d)(\d{4}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{1,2})(?!\d)/.exec(text);
  if (ordered !== null)
    return { year: number(ordered[1]), month: number(ordered[2]) - 1, day: number(ordered[3]) };
  const ordinal = /(?<!\d)(\d{4})-(\d{3})(?!\d)/.exec(text);
  if (ordinal !== null) return dayOfYear(number(ordinal[1]), number(ordinal[2]));
  const reversed = /(?<![\d.])(\d{1,2}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})(?!\d)/.exec(text);
  if (reversed === null) return undefined;
  const [first, second] = [number(reversed[1]), number(reversed[3])];
  const order = reversed[2] === "." ? "day" : dayOrMonthFirst(first, second, language);
  if (order === undefined) return undefined;
  const year = fullYear(reversed[4]);
  return order === "day" ? { year, month: second - 1, day: first } : { year, month: first - 1, day: second };
}

/** `03/04/2024` is two dates: the feed's language decides, and without one the date stays unread. */
function dayOrMonthFirst(
  first: number,
  second: number,
  language: string | undefined,
): "day" | "month" | undefined {
  if (first > 12 || first === second) return "day";
  if (second > 12) return "month";
  if (language === undefined) return undefined;
  return language === "en" || language.startsWith("en-us") ? "month" : "day";
}

function namedDay(text: string, hasClock: boolean): Day | undefined {
  const tokens = text.match(/\p{L}[\p{L}']*|'?\d+/gu) ?? [];
  const numbers: string[] = [];
  let month: number | undefined;
  for (const [index, token] of tokens.entries()) {
    if (/^'?\d/.test(token)) {
      numbers.push(token);
      continue;
    }
    const named = monthOf(token);
    // `mar` is a Tuesday in French and Italian when another month follows.
    const weekday = isSilent(token) && tokens.slice(index + 1).some((next) => monthOf(next) !== undefined);
    if (named !== undefined && month === undefined && !weekday) month = named;
    else if (
      !isSilent(token) &&
      named === undefined &&
      numbers.length > 0 &&
      !(hasClock && numbers.length > 1)
    )
      return undefined;
  }
  if (month === undefined || numbers.length !== 2) return undefined;
  const [first = "", second = ""] = numbers;
  const yearFirst = first.length === 4;
  return {
    year: fullYear((yearFirst ? first : second).replace("'", "")),
    month,
    day: number(yearFirst ? second : first),
  };
}

function isMonthOrDay(word: string): boolean {
  return monthOf(word) !== undefined || isSilent(word);
}

function dayOfYear(year: number, day: number): Day {
  const date = new Date(Date.UTC(year, 0, day));
  return {
    year: day < 1 || date.getUTCFullYear() !== year ? Number.NaN : year,
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
  };
}

function finish(parts: Parts, context: DateContext): ReadDate | undefined {
  const { year, month, day, hour, minute, millisecond } = parts;
  // A leap second is shown as the second before it: ISO 8601 strings of ECMAScript have none.
  const second = parts.second === 60 ? 59 : parts.second;
  const midnight = hour === 24 && minute === 0 && second === 0;
  if ((hour > 23 && !midnight) || minute > 59 || second > 59 || Number.isNaN(year)) return undefined;
  if (
    !(month >= 0 && month < 12) ||
    day < 1 ||
    day > daysIn(year, month) ||
    year < firstYear ||
    year > lastYear
  )
    return undefined;
  if (parts.offset === 0 && !midnight && year >= 1000 && millisecond === 0 && (year !== 1970 || month > 0)) {
    return { iso: `${year}-${two(month + 1)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}Z` };
  }
  const local = Date.UTC(year, month, day, hour, minute, second, millisecond);
  if (parts.offset !== undefined)
    return Math.abs(parts.offset) > 14 * 60 ? undefined : instant(local - parts.offset * 60_000, undefined);
  const zone = context.timeZone ?? "UTC";
  return instant(toUtc(local, zone), zone);
}

function daysIn(year: number, month: number): number {
  if (month === 1) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 3 || month === 5 || month === 8 || month === 10 ? 30 : 31;
}

const pairs = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, "0"));

function two(number: number): string {
  return pairs[number] ?? "";
}

function instant(milliseconds: number, assumedZone: string | undefined): ReadDate | undefined {
  if (milliseconds === 0 || Number.isNaN(milliseconds)) return undefined;
  const date = new Date(milliseconds);
  const year = date.getUTCFullYear();
  if (!(year >= firstYear && year <= lastYear)) return undefined;
  const iso = date.toISOString().replace(".000Z", "Z");
  return assumedZone === undefined ? { iso } : { iso, assumedZone };
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Whether ECMA-402 knows the zone. */
export function isTimeZone(zone: string): boolean {
  try {
    formatterOf(zone);
    return true;
  } catch {
    return false;
  }
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn-hc-h23", {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  if (formatters.size > 100) formatters.clear();
  formatters.set(zone, made);
  return made;
}

function toUtc(local: number, zone: string): number {
  if (zone === "UTC" || Number.isNaN(local)) return local;
  const first = local - offsetAt(local, zone);
  return local - offsetAt(first, zone);
}

/** Milliseconds east of UTC at an instant. */
function offsetAt(at: number, zone: string): number {
  const seconds = Math.floor(at / 1000) * 1000;
  const parts: Record<string, number> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(seconds)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - seconds;
}

function number(digits: string | undefined): number {
  return digits === undefined ? 0 : Number(digits);
}

function fraction(digits: string | undefined): number {
  return digits === undefined ? 0 : Math.floor(Number(`0.${digits}`) * 1000);
}

function signed(sign: string | undefined, hours: string | undefined, minutes: string | undefined): number {
  const amount = number(hours) * 60 + number(minutes);
  return sign === "-" ? -amount : amount;
}

/** RFC 2822 section 4.3: two digits below 50 belong to this century. */
function fullYear(digits: string | undefined): number {
  const year = number(digits);
  if (digits?.length !== 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}
