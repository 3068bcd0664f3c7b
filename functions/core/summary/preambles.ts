import { cjkLetters } from "../feed/text/spaceless-scripts.ts";
import { dateSource } from "./date-lines.ts";
import { comparable } from "./plain.ts";
import type { EntryFacts } from "./sentence.ts";

const someone = "[^!?。！？]{1,60}?";
const dateAhead = "(?=(?:\\p{L}{1,12}\\.?,? ?)?\\d)";

/** Who submitted an entry, as content management systems write it in front of the text, up to the date. */
const submitter = new RegExp(
  `^(?:(?:submitted|posted|published|written) by ${someone} on|(?:gespeichert|verfasst|eingereicht|veröffentlicht) von ${someone} am|` +
    `(?:soumis|publié|posté|proposé) par ${someone} le|(?:enviado|publicado|escrito) por ${someone} (?:el|em|a)|` +
    `(?:inviato|pubblicato|scritto) da ${someone} (?:il|in data)|(?:ingediend|geplaatst) door ${someone} op|` +
    `(?:опубликовано|отправлено|добавлено) ${someone}(?: в| от)?|由 ?${someone} ?(?:提交|发表|發表|发布|發佈|發布)[于於在]) ?${dateAhead}`,
  "iu",
);
/** The same where the verb follows the date. */
const submitterFirst = new RegExp(`^(?:由 ?)?${someone}(?: ?[在于於]|が|さんが) ?${dateAhead}`, "u");
const submittedHint = /提交|发表|發表|发布|發佈|發布|に投稿/u;
const submittedAfter = /^ ?(?:提交|发表|發表|发布|發佈|發布|に投稿)[.。]?/u;

const labels: readonly RegExp[] = [
  // arXiv
  /^(?:View PDF(?: HTML \(experimental\))?|arXiv:\S{5,20} Announce Type: \S{3,20})(?=\s)/iu,
  /^Abstract:(?=\s?\S)/iu,
  /^(?:Advertisement|ADVERTISEMENT|Sponsored|SPONSORED|Anzeige|ANZEIGE|Werbung|Publicité|Publicidad|Publicidade|Pubblicità|Реклама)(?: ?[—–:-])?(?= ["“„«]?\p{Lu})/u,
  /^(?:广告|廣告|広告|광고)(?= )/u,
  /^\d{1,3} (?:[Mm]in(?:ute)?s? [Rr]ead|[Mm]inuten? Lesezeit|min de lecture|min de lectura|min de leitura|min di lettura)(?=[ |•·–—-])/u,
  /^\d{1,3} Minutes?(?= ["“„«]?\p{Lu})/u,
];
const date = new RegExp(`^${dateSource}(?![\\p{L}\\p{N}])`, "iu");
const byline = /^(?:By|BY|Von|Par|Por|Di|作者[:：]|文[/／]) ?/u;
const namedByline =
  /^(?:By|Von|Par|Por|Di) \p{Lu}[\p{L}.'’-]{1,24}(?: \p{Lu}[\p{L}.'’-]{0,24}){1,3}(?= ?[|•·–—/,]| \d)/u;
const separators = /^[\s|•·–—:：,，/-]+/u;

/** Letters from which a title that a text begins with is not just the subject of its first sentence. */
const minTitle = { latin: 12, cjk: 6 } as const;

const cjkEnd = new RegExp(`[${cjkLetters}]$`, "u");

/** Parts of a preamble at most. */
const maxParts = 8;

/** Whether a text only says who submitted the entry and when. */
export const isSubmission = (text: string): boolean =>
  text.length <= 160 && submissionLength(text) === text.length;

function submissionLength(text: string): number {
  const first = submitter.exec(text)?.[0].length;
  if (first !== undefined) {
    const day = date.exec(text.slice(first))?.[0].length ?? 0;
    return day === 0 ? 0 : first + day + (/^[.。]/u.test(text.slice(first + day)) ? 1 : 0);
  }
  if (!submittedHint.test(text)) return 0;
  const from = submitterFirst.exec(text)?.[0].length ?? 0;
  const day = from === 0 ? 0 : (date.exec(text.slice(from))?.[0].length ?? 0);
  const verb = day === 0 ? undefined : submittedAfter.exec(text.slice(from + day))?.[0].length;
  return verb === undefined ? 0 : from + day + verb;
}

/**
 * The text without what its publisher puts in front of it on the same line: the entry's title, its author and date, who
 * submitted it, `View PDF`, `Advertisement`, a reading time.
 */
export function withoutPreamble(text: string, facts: EntryFacts): string {
  let rest = text;
  for (let part = 0; part < maxParts; part += 1) {
    const length = lengthOfPart(rest, facts, rest !== text);
    if (length === 0) break;
    rest = rest.slice(length).replace(separators, "");
  }
  return rest;
}

function lengthOfPart(text: string, { title, authors }: EntryFacts, isInside: boolean): number {
  const head = text.slice(0, 400);
  const whole = submissionLength(head) || matchLength(labels, head);
  if (whole > 0) return whole;
  const author = authorLength(head, authors);
  if (author > 0 && (isInside || endsPart(head.slice(author), byline.test(head)))) return author;
  if (isInside) return date.exec(head)?.[0].length ?? namedByline.exec(head)?.[0].length ?? 0;
  return namedByline.exec(head)?.[0].length ?? titleLength(head, title);
}

function matchLength(expressions: readonly RegExp[], text: string): number {
  for (const expression of expressions) {
    const found = expression.exec(text);
    if (found !== null) return found[0].length;
  }
  return 0;
}

/** Whether a name is followed by a bar or a date, and so is no subject of a sentence; after `By`, by any mark. */
const endsPart = (rest: string, isByline: boolean): boolean =>
  /^ ?[|•·–—] ?/u.test(rest) || (isByline && /^[,:]/u.test(rest)) || date.test(rest.replace(separators, ""));

/** The length of `By` and the name of one of the authors. */
function authorLength(text: string, authors: readonly string[]): number {
  const from = byline.exec(text)?.[0].length ?? 0;
  for (const author of authors.slice(0, 5)) {
    const name = author.trim();
    if (
      name.length >= 3 &&
      text.startsWith(name, from) &&
      !/^[\p{L}\p{M}\p{N}]/u.test(text.slice(from + name.length))
    )
      return from + name.length;
  }
  return 0;
}

/** The length of the entry's title where the text begins with it and then begins anew. */
function titleLength(text: string, title: string): number {
  const end = endOf(text, comparable(title));
  if (end === 0) return 0;
  const rest = text.slice(end);
  const isCjk = cjkEnd.test(text.slice(0, end).slice(-2));
  if (comparable(title).length < minTitle[isCjk ? "cjk" : "latin"]) return 0;
  const startsAnew = isCjk
    ? /^\s+\S|^[|:：—–] ?\S/u
    : /^[.!?]?["'”’»)]? ?(?:[|:—–-] )? ?["'“‘„«(]?[\p{Lu}\p{Lo}\d]/u;
  return startsAnew.test(rest) && /^[\s.!?"'”’»)|:：—–-]/u.test(rest) ? end : 0;
}

/** The index after the letters and digits of `phrase` at the start of a text; 0 where it begins otherwise. */
function endOf(text: string, phrase: string): number {
  if (phrase === "") return 0;
  let found = "";
  let at = 0;
  for (const character of text) {
    at += character.length;
    found += comparable(character);
    if (!phrase.startsWith(found)) return 0;
    if (found === phrase) return at;
  }
  return 0;
}
