import { fraction, fullYear, number, signed } from "./date-digits.ts";
import { finish, instant, isTimeZone, type Parts } from "./date-instant.ts";
import { isSilent, monthOf, offsetOf } from "./date-words.ts";
import type { DateContext, ReadDate } from "./dates.ts";

/** Reads a date that is in none of the two common forms: clock and zone are taken out first, what is left is the day. */
export function thoroughly(raw: string, context: DateContext): ReadDate | undefined {
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
