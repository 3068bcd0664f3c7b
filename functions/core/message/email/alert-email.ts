import type { Audience } from "../../configuration.ts";
import { spacelessLetters } from "../../feed/text/spaceless-scripts.ts";
import { dateLine } from "../format-dates.ts";
import { alsoLines } from "./also-lines.ts";
import { isolate } from "./direction.ts";
import { limits } from "./mail-limits.ts";
import { headlineOf, maxShown, shownLink } from "../headline.ts";
import type { Alert } from "../message.ts";
import { authorNames, feedName } from "../names.ts";
import { cut } from "../cut-text.ts";
import type { LocaleWords } from "../locales/locale-words.ts";
import { columns, titleLines, wrap, wrapIsolated } from "./wrap.ts";

/**
 * The subject of an alert: its title, followed by the feed's name if both fit and the title does not contain it.
 * Without isolates: the feed's name is last, so it can't reorder anything after it, and SNS refuses control characters
 * without documenting whether that includes format characters.
 */
export function alertSubject(alert: Alert, words: LocaleWords): string {
  const before = alert.revised === true ? words.updated : "";
  const feed = feedName(alert.source);
  const { title, isGenerated } = headlineOf(alert, words);
  const subject = before + title;
  const whole =
    containsName(title, feed) || (isGenerated && title.includes(feed)) ? subject : `${subject} · ${feed}`;
  return whole.length <= limits.subject ? whole : cut(subject, limits.subject);
}

/** Letters that continue a word; none in scripts without spaces between words and in Korean, which appends particles. */
const wordCharacter = new RegExp(`(?![${spacelessLetters}\\p{Script=Hangul}])[\\p{L}\\p{M}\\p{N}]`, "u");

/** Whether a title contains the feed's name as whole words: `sometimes` does not contain `Time`. */
function containsName(title: string, feed: string): boolean {
  const [text, name] = [title.toLowerCase(), feed.toLowerCase()];
  const isWhole = (at: number): boolean =>
    !(wordCharacter.test(text.charAt(at - 1)) && wordCharacter.test(name.charAt(0))) &&
    !(wordCharacter.test(text.charAt(at + name.length)) && wordCharacter.test(name.slice(-1)));
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) if (isWhole(at)) return true;
  return false;
}

/** The first few authors; `undefined` if there is none. */
export function byline(alert: Alert, words: LocaleWords): string | undefined {
  const names = authorNames(alert);
  if (names.length === 0) return undefined;
  const listed = names.slice(0, maxShown.authors).map(isolate);
  const rest = names.length - listed.length;
  return words.by(rest > 0 ? [...listed, words.more(rest)] : listed);
}

/** Short facts joined on one line if they fit, else one per line. */
export function joinFacts(facts: readonly (string | undefined)[]): readonly string[] {
  const known = facts.filter((fact) => fact !== undefined);
  const joined = known.join(" · ");
  return columns(joined) <= limits.width
    ? [joined]
    : known.flatMap((fact) => wrapIsolated(fact, limits.width));
}

/** The bare link on its own line, so that every mail client detects where it starts and ends. */
export function linkLines({ link, linkSource }: Alert, words: LocaleWords): readonly string[] {
  if (link === undefined || link === "") return [];
  const text = shownLink(link);
  if (text === undefined) return [words.linkOmitted];
  return linkSource === "feed" ? [words.feedPage, text] : [text];
}

/**
 * The mail for one entry as plain text: title, date, feed and authors, summary, link. Lines end with `\n`. There is no
 * markup, so no text of a feed can imitate it.
 */
export function alertMail(alert: Alert, audience: Audience, words: LocaleWords): string {
  const { title, summary, isGenerated } = headlineOf(alert, words);
  const updated = alert.revised === true ? words.updated : "";
  const blocks = [
    isGenerated && summary !== "" ? [updated.trim()] : titleLines(title, updated, limits.width),
    [
      ...wrapIsolated(isolate(dateLine(alert, audience, words, "long")), limits.width),
      ...joinFacts([isolate(feedName(alert.source)), byline(alert, words)]),
    ],
    summary === "" ? [] : wrap(summary, limits.width),
    linkLines(alert, words),
    alsoLines(alert, words),
  ];
  return `${blocks
    .map((block) => block.filter((line) => line !== "").join("\n"))
    .filter((block) => block !== "")
    .join("\n\n")}\n`;
}
