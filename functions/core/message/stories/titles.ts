import { lettersAndDigits } from "./characters.ts";

/** Where a site's name is separated from a title. */
const separator = /\s[-–—|·•]\s|[|｜_]|——|[:：](?=\s?)/gu;

/** UTF-16 code units of a title that are read. */
const maxTitle = 300;

/** The title without the feed's name before or after it. */
export function withoutSiteName(title: string, feed: string): string {
  const text = title.slice(0, maxTitle).trim();
  const breaks = [...text.matchAll(separator)];
  const [first, last] = [breaks[0], breaks.at(-1)];
  if (!last) return text;
  const name = lettersAndDigits(feed).replace(/^the/, "");
  if (name.length < 2) return text;
  if (isName(text.slice(last.index + last[0].length), name)) return text.slice(0, last.index).trim();
  if (first && isName(text.slice(0, first.index), name))
    return text.slice(first.index + first[0].length).trim();
  return text;
}

function isName(part: string, name: string): boolean {
  const letters = lettersAndDigits(part).replace(/^the/, "");
  return (
    letters.length > 1 &&
    (letters === name || (letters.length > 3 && name.includes(letters)) || letters.includes(name))
  );
}

/** What a title is compared by: its letters and digits, with and without a last part that may be another site's name. */
export function titleKeys(title: string): readonly string[] {
  const whole = lettersAndDigits(title);
  const last = [...title.matchAll(separator)].at(-1);
  if (!last) return [whole];
  const end = title.slice(last.index + last[0].length);
  // A name of a site has few words and no number: a number says which report it is.
  const mayBeName = !/\p{N}/u.test(end) && end.length <= 30 && !/^[:：]/u.test(last[0]);
  return mayBeName && last.index > 20 ? [whole, lettersAndDigits(title.slice(0, last.index))] : [whole];
}

/** The start of a summary as it is compared; `undefined` if it is too short to tell reports apart. */
export function paragraphKey(summary: string): string | undefined {
  const letters = lettersAndDigits(summary.slice(0, 240));
  const isDense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Hangul}]/u.test(letters);
  const length = isDense ? 28 : 72;
  return letters.length < length ? undefined : letters.slice(0, length);
}
