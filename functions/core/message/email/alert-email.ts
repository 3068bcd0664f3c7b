import type { Audience } from "../../configuration.ts";
import { dateLine } from "../format-dates.ts";
import { inline } from "./direction.ts";
import { headlineOf, shown, shownLink } from "../headline.ts";
import type { Alert } from "../message.ts";
import { authorNames, feedName } from "../names.ts";
import { cut } from "../cut-text.ts";
import type { LocaleWords } from "../locales/locale-words.ts";
import { columns, titleLines, wrap, wrapIsolated } from "./wrap.ts";

export const limits = {
  /**
   * 'Less than 100 characters' (Amazon SNS API, Publish, Subject), whose unit nobody documents: UTF-16 code units
   * are never fewer than code points, so what fits in them fits in both.
   */
  subject: 99,
  /** Columns; RFC 5322, 2.1.1, advises 78, and a quoted reply needs some of them. Links are never broken. */
  width: 72,
} as const;

/**
 * The subject of an alert: its title, and behind it the feed's name where both fit whole and the title does not name
 * it already. No isolates here: a subject is shown as a paragraph of its own, which its first letter directs, the
 * feed's name stands last so that nothing can be drawn into it, and SNS refuses control characters without saying
 * whether format characters are among them.
 */
export function alertSubject(alert: Alert, words: LocaleWords): string {
  const before = alert.revised === true ? words.updated : "";
  const feed = feedName(alert.source);
  const { title, made } = headlineOf(alert, words);
  const subject = before + title;
  const whole = names(title, feed) || (made && title.includes(feed)) ? subject : `${subject} · ${feed}`;
  return whole.length <= limits.subject ? whole : cut(subject, limits.subject);
}

/** Letters that a word goes on with; scripts without spaces between words, and Korean, which adds particles, have none. */
const goesOn =
  /(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{M}\p{N}]/u;

/** Whether a title has the feed's name in it: as words of its own, so that `sometimes` does not name `Time`. */
function names(title: string, feed: string): boolean {
  const [text, name] = [title.toLowerCase(), feed.toLowerCase()];
  const isWhole = (at: number): boolean =>
    !(goesOn.test(text.charAt(at - 1)) && goesOn.test(name.charAt(0))) &&
    !(goesOn.test(text.charAt(at + name.length)) && goesOn.test(name.slice(-1)));
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) if (isWhole(at)) return true;
  return false;
}

/** The first few authors, or `undefined` where none is known. */
export function byline(alert: Alert, words: LocaleWords): string | undefined {
  const names = authorNames(alert);
  if (names.length === 0) return undefined;
  const listed = names.slice(0, shown.authors).map(inline);
  const rest = names.length - listed.length;
  return words.by(rest > 0 ? [...listed, words.more(rest)] : listed);
}

/** Short facts on one line where they fit on it, else on a line each. */
export function together(facts: readonly (string | undefined)[]): readonly string[] {
  const known = facts.filter((fact) => fact !== undefined);
  const joined = known.join(" · ");
  return columns(joined) <= limits.width
    ? [joined]
    : known.flatMap((fact) => wrapIsolated(fact, limits.width));
}

/** The link on a line of its own, bare, so that every mail client finds where it starts and ends. */
export function linkLines({ link, linkSource }: Alert, words: LocaleWords): readonly string[] {
  if (link === undefined || link === "") return [];
  const text = shownLink(link);
  if (text === undefined) return [words.linkLeftOut(new Intl.NumberFormat(words.tag).format(link.length))];
  return linkSource === "feed" ? [words.feedPage, text] : [text];
}

/**
 * The mail for one entry, as plain text: title, date, feed and authors, summary, link. Lines end in `\n`; the
 * mail's own text is separated from what the feed says by nothing but its place, so that no text can pose as markup.
 */
export function alertMail(alert: Alert, audience: Audience, words: LocaleWords): string {
  const { title, summary, made } = headlineOf(alert, words);
  const updated = alert.revised === true ? words.updated : "";
  const blocks = [
    made && summary !== "" ? [updated.trim()] : titleLines(title, updated, limits.width),
    [
      ...wrapIsolated(inline(dateLine(alert, audience, words, "long")), limits.width),
      ...together([inline(feedName(alert.source)), byline(alert, words)]),
    ],
    summary === "" ? [] : wrap(summary, limits.width),
    linkLines(alert, words),
  ];
  return `${blocks
    .map((block) => block.filter((line) => line !== "").join("\n"))
    .filter((block) => block !== "")
    .join("\n\n")}\n`;
}
