import type { Audience } from "../../configuration.ts";
import { spacelessLetters } from "../../feed/text/spaceless-scripts.ts";
import { cut } from "../cut-text.ts";
import { dateLine } from "../format-dates.ts";
import { headlineOf, maxShown } from "../headline.ts";
import type { LocaleWords } from "../locales/locale-words.ts";
import type { Alert } from "../message.ts";
import { feedName } from "../names.ts";
import { tellingCategories } from "../telling-categories.ts";
import { isolate } from "./direction.ts";
import { alsoLines, byline, factLine, linkLines, textLines } from "./entry-lines.ts";
import { limits } from "./mail-limits.ts";
import { ownLine, paragraph } from "./paragraph.ts";

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

/** Blocks of lines with one empty line between them. Lines end with `\n`. */
export const mailText = (blocks: readonly (readonly string[])[]): string =>
  `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;

function topicLine(alert: Alert, words: LocaleWords): readonly string[] {
  const topics = tellingCategories(alert, maxShown.categories.alert);
  return topics.length === 0 ? [] : ownLine(words.topics(topics.map(isolate)));
}

/** The last line: why the reader gets the mail, and how to stop it. SNS adds its link for that below. */
export const reasonLine = ({ name, displayName = name }: Audience, words: LocaleWords): readonly string[] =>
  paragraph(words.reason(displayName));

/**
 * The mail for one entry as plain text: summary, title and link, facts. It starts with the summary, because the subject
 * is the title, and mail programs show the first line next to the subject. There is no markup, so no text of a feed can
 * imitate it. `note`: a sentence before the last line.
 */
export function alertMail(alert: Alert, audience: Audience, words: LocaleWords, note = ""): string {
  const { title, summary, isGenerated } = headlineOf(alert, words);
  const updated = alert.revised === true ? words.updated : "";
  const isLead = isGenerated && summary !== "";
  const facts = [
    ...factLine([isolate(feedName(alert.source)), byline(alert, words)]),
    ...ownLine(isolate(dateLine(alert, audience, words, "long"))),
    ...topicLine(alert, words),
  ];
  const text = isLead ? paragraph(summary, updated) : textLines(alert, summary, maxShown.points.alert);
  return mailText([
    text.length === 0 ? facts : text,
    [...(isLead ? [] : paragraph(title, updated)), ...linkLines(alert, words)],
    alsoLines(alert, words),
    text.length === 0 ? [] : facts,
    note === "" ? [] : [note],
    reasonLine(audience, words),
  ]);
}
