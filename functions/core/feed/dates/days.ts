import { persianDay, yearOf } from "./calendar-years.ts";
import { cjkDay } from "./cjk.ts";
import type { TextDay } from "./date-value.ts";
import { isSilent, monthOf, withNamedMonths } from "./date-words.ts";
import { fullYear, number } from "./digits.ts";

/** The day that is written with numbers alone. */
export function numericDay(text: string, language: string | undefined): TextDay | undefined {
  const other = cjkDay(text, language) ?? persianDay(text, language);
  if (other !== undefined) return other;
  const ordered = /(?<![\d\p{L}])(\d{4}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{1,2})(?!\d)/u.exec(text);
  if (ordered !== null)
    return {
      year: yearOf(ordered[1] ?? "", language),
      month: number(ordered[2]) - 1,
      day: number(ordered[3]),
      rest: text.replace(ordered[0], " "),
    };
  const ordinal = /(?<!\d)(\d{4})-(\d{3})(?!\d)/.exec(text);
  if (ordinal !== null)
    return dayOfYear(number(ordinal[1]), number(ordinal[2]), text.replace(ordinal[0], " "));
  const short = /(?<![\d.\p{L}])(\d{1,2}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})(?!\d)/u.exec(text);
  if (short === null) return undefined;
  const [whole, first = "", separator, second = "", third = ""] = short;
  const day = inOrder([first, second, third], separator === ".", language);
  if (day === undefined) return undefined;
  const year = day.year === fullYear(third) ? yearOf(third, language) : day.year;
  return { ...day, year, rest: text.replace(whole, " ") };
}

const yearFirst = /^(?:zh|ja|ko|hu)(?:-|$)/;

/**
 * `03/04/2024` can mean two dates, and `24-01-25` three: the feed's language decides. Without a language only a text
 * that can mean one date is read.
 */
function inOrder(
  [first, second, third]: readonly [string, string, string],
  pointed: boolean,
  language: string | undefined,
): Omit<TextDay, "rest"> | undefined {
  const dayFirst = { year: fullYear(third), month: number(second) - 1, day: number(first) };
  const monthFirst = { year: fullYear(third), month: number(first) - 1, day: number(second) };
  const inverse = { year: fullYear(first), month: number(second) - 1, day: number(third) };
  const isShort = third.length === 2;
  if (isShort && language !== undefined && yearFirst.test(language)) return inverse;
  // Points are written where the day comes first.
  if (pointed) return dayFirst;
  const possible = [dayFirst, monthFirst, ...(isShort && language === undefined ? [inverse] : [])].filter(
    ({ month, day }) => month >= 0 && month < 12 && day > 0 && day < 32,
  );
  const [one, other] = possible;
  if (one === undefined || other === undefined || (possible.length === 2 && first === second)) return one;
  if (language === undefined) return undefined;
  return language === "en" || language.startsWith("en-us") ? monthFirst : dayFirst;
}

/** The day whose month is a word. */
export function namedDay(text: string, language: string | undefined): TextDay | undefined {
  const named = withNamedMonths(text);
  const tokens = named.match(tokenForm) ?? [];
  const numbers = tokens.filter((token) => startsWithDigit.test(token));
  const names = tokens.filter((token) => monthOf(token, language) !== undefined);
  // `mar` is a Tuesday in French and Italian if another month follows.
  const at = names.length > 1 && isSilent(names[0] ?? "") ? 1 : 0;
  const month = monthOf(names[at] ?? "", language);
  if (month === undefined || numbers.length !== 2) return undefined;
  const [first = "", second = ""] = numbers;
  const isYear = first.length === 4;
  let seen = 0;
  return {
    year: yearOf((isYear ? first : second).replace("'", ""), language),
    month,
    day: number(isYear ? second : first),
    rest: named.replace(tokenForm, (token) =>
      startsWithDigit.test(token) || (monthOf(token, language) !== undefined && seen++ === at) ? " " : token,
    ),
  };
}

const tokenForm = /\p{L}[\p{L}\p{M}']*|'?\d+/gu;
const startsWithDigit = /^'?\d/;

function dayOfYear(year: number, day: number, rest: string): TextDay {
  const date = new Date(Date.UTC(year, 0, day));
  return {
    year: day < 1 || date.getUTCFullYear() !== year ? Number.NaN : year,
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    rest,
  };
}
