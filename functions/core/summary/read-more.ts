import { endsAsSentence } from "./boilerplate.ts";
import { readMorePhrases, readMoreWords } from "./line-phrases.ts";
import { anyOf } from "./phrase-table.ts";

const dots = "(?:…|\\.\\.\\.)";
const arrows = "[→»›>]{1,3}";
/** Not the end of a longer word, in scripts with spaces. */
const word = "(?<![\\p{Ll}\\p{Lu}\\p{M}\\p{N}])";
const end = "[\\p{Sentence_Terminal}…]";
const phrase = anyOf(readMorePhrases);
const either = anyOf(readMorePhrases, readMoreWords);
/** On which site: `on example.com`, `auf Beispiel Online`. */
const site =
  "(?: (?:on|at|in|auf|bei|sur|en|em|no|su|op|på|na|на) [^\\s!?]{2,60}(?: [\\p{Lu}\\d]\\S{0,20}){0,3})";

const compile = (sources: readonly string[]): readonly RegExp[] =>
  sources.map((source) => new RegExp(source, "iu"));

/** Endings with a mark such as an arrow or brackets. */
const marked = compile([
  // […] ; (mehr …) ; [全文を読む] ; ... (更多)
  `[[(（【] ?(?:${dots}|${either} ?(?:${dots}|${arrows})?) ?[\\])）】] ?(?:${arrows})?$`,
  // Read more… ; Weiterlesen → ; 详情>>
  `(?:${dots} ?)?[[(（]?${word}${phrase} ?(?:${dots}|${arrows})[\\])）]?$`,
  `(?<!«[^»]{0,80})${word}${either} ?${arrows}$`,
]);

const unmarked = compile([
  // … it said. Read more ; … it said.Read more on example.com
  `(?<=[\\p{Sentence_Terminal}…”"»」』）)\\]] ?)[[(（]?${phrase}[\\])）]?[.:]?$`,
  `(?<=${end} ?)${phrase}${site}$`,
  `(?<=${end} ?)${either}${dots}?$`,
]);
/** What every such ending without a mark follows; a fast check before the slower search. */
const parted = /[\p{Sentence_Terminal}…”"»」』）)\]] ?[[(（]?[\p{L}\p{M}]/u;
const mark = /[…→»›>\])）】]$|\.\.\.$/u;

const readMoreLink = new RegExp(`^[^\\p{L}\\p{N}]{0,3}${either}${site}?[^\\p{L}\\p{N}]{0,4}$`, "iu");

/**
 * The text without a `Read more…`, `[…]` or the like at its end; a sentence that was cut before it ends in `…`. `link`: the
 * words of the link in which the text ends.
 */
export function withoutReadMore(text: string, link?: string): string {
  let rest = text;
  if (link !== undefined && link.length < text.length && text.endsWith(link) && readMoreLink.test(link))
    rest = beforeLink(rest.slice(0, -link.length));
  for (;;) {
    const tail = rest.slice(-tailLength);
    const forms = mark.test(tail) ? [...marked, ...unmarked] : parted.test(tail) ? unmarked : [];
    const shorter = forms.reduce((left, form) => left.replace(form, ""), tail).trimEnd();
    if (shorter === tail)
      return rest === text || rest === "" || endsAsSentence(rest) || thai.test(rest.slice(-2))
        ? rest
        : `${rest}…`;
    rest = rest.slice(0, rest.length - tail.length) + shorter;
  }
}

/** Marks between a text and such a link. */
const parting = /(?:…|\.\.\.)?[ |·•→›>-]{0,8}$/u;
const beforeLink = (text: string): string =>
  text.slice(0, -tailLength) + text.slice(-tailLength).replace(parting, "");

const tailLength = 80;
/** Thai has no end marks, so that their absence shows no cut. */
const thai = /\p{Script=Thai}$/u;
