import type { TextDay } from "./date-value.ts";
import { fullYear, number } from "./digits.ts";

/** The year before each era's first: Japan's since Meiji, and the Republic of China's. */
const eras: Readonly<Record<string, number>> = {
  令和: 2018,
  平成: 1988,
  昭和: 1925,
  大正: 1911,
  明治: 1867,
  民國: 1911,
  民国: 1911,
  中華民國: 1911,
  中华民国: 1911,
};
const digits = "〇一二三四五六七八九";

/** Chinese numerals before the words of a date or a clock as digits: `二〇二四年十二月二十五日`. */
export function cjkNumerals(text: string): string {
  return text.replace(/[〇零一二三四五六七八九十]{1,8}(?=[年月日号號时時点點分秒])/g, (numeral) => {
    const tens = numeral.indexOf("十");
    if (tens < 0) return Array.from(numeral.replaceAll("零", "〇"), (one) => digits.indexOf(one)).join("");
    if (numeral.length > 3 || tens > 1) return numeral;
    const unit = numeral.slice(tens + 1);
    const [ten, one] = [
      tens === 0 ? 1 : digits.indexOf(numeral.charAt(0)),
      unit === "" ? 0 : digits.indexOf(unit),
    ];
    return ten < 1 || one < 0 ? numeral : String(ten * 10 + one);
  });
}

/** A Chinese, Japanese or Korean day, also in the years of an era; in Japanese a year of two digits belongs to an era. */
export function cjkDay(text: string, language: string | undefined): TextDay | undefined {
  const match = /(\p{L}*?) ?(元|(?<!\d)\d{1,4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日号號일]?/u.exec(
    text,
  );
  if (match === null) return undefined;
  const [whole, prefix = "", written = ""] = match;
  const before = Object.hasOwn(eras, prefix) ? eras[prefix] : undefined;
  const years = written === "元" ? 1 : number(written);
  const isWhole = written.length === 4 || (/^\d\d$/.test(written) && language?.startsWith("ja") !== true);
  if (before === undefined && !isWhole) return undefined;
  return {
    year: before === undefined ? fullYear(written) : before + years,
    month: number(match[3]) - 1,
    day: number(match[4]),
    rest: text.replace(whole, before === undefined ? `${prefix} ` : " "),
  };
}
