import { once } from "../../once.ts";
import { fullYear, number } from "./digits.ts";
import type { TextDay } from "./date-value.ts";

/** The Buddhist calendar of Thailand counts from 543 BCE. */
const buddhistOffset = 543;

/**
 * The Gregorian year: in Thai of a Buddhist year too (2569, and 69 for short). A year of two digits is otherwise read
 * as RFC 2822 does.
 */
export function yearOf(digits: string, language: string | undefined): number {
  if (language?.startsWith("th") !== true) return fullYear(digits);
  const year = number(digits);
  if (digits.length === 4) return year >= 2400 && year < 2700 ? year - buddhistOffset : year;
  // Short years from 57 on can only be Buddhist ones of this century.
  return digits.length === 2 && year >= 57 ? 2500 + year - buddhistOffset : fullYear(digits);
}

const persianMonths = "فروردين|ارديبهشت|خرداد|تير|مرداد|شهريور|مهر|ابان|اذر|دي|بهمن|اسفند".split("|");
const persianDate = /(?<![\d\p{L}])(\d{4}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{1,2})(?!\d)/u;

/** A day of the Persian calendar (1300 to 1499), written with its month's name or, in Persian, with numbers. */
export function persianDay(text: string, language: string | undefined): TextDay | undefined {
  const named = /(?<!\d)(\d{1,2}) ?(\p{L}{2,9}),? ?(1[34]\d\d)(?!\d)/u.exec(text);
  const month = persianMonths.indexOf(named?.[2] ?? "");
  if (named !== null && month >= 0)
    return gregorian(number(named[3]), month, number(named[1]), text.replace(named[0], " "));
  if (language?.startsWith("fa") !== true) return undefined;
  const numeric = persianDate.exec(text);
  return numeric === null || !/^1[34]/.test(numeric[1] ?? "")
    ? undefined
    : gregorian(
        number(numeric[1]),
        number(numeric[2]) - 1,
        number(numeric[3]),
        text.replace(numeric[0], " "),
      );
}

const persian = once(
  () =>
    new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", { timeZone: "UTC", month: "numeric", day: "numeric" }),
);
const dayLength = 86_400_000;

function gregorian(year: number, month: number, day: number, rest: string): TextDay | undefined {
  if (month < 0 || month > 11 || day < 1 || day > (month < 6 ? 31 : 30)) return undefined;
  // The year starts with the spring equinox, between 19 and 22 March.
  for (let start = 19; start <= 22; start++) {
    const first = Date.UTC(year + 621, 2, start);
    if (persian().format(first) !== "1/1") continue;
    const days = month < 6 ? month * 31 : 6 * 31 + (month - 6) * 30;
    const date = new Date(first + (days + day - 1) * dayLength);
    return { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate(), rest };
  }
  return undefined;
}
