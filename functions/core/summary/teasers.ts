import { endsAsSentence } from "./boilerplate.ts";
import { pointers, teasers } from "./phrases.ts";
import { anyOf } from "./word-list.ts";

const dots = "(?:…|\\.\\.\\.)";
const arrows = "[→»›>]{1,3}";
/** Not the end of a longer word; scripts without blanks have no such thing. */
const word = "(?<![\\p{Ll}\\p{Lu}\\p{M}\\p{N}])";
const end = "[\\p{Sentence_Terminal}…]";
const teaser = anyOf(teasers);
const either = anyOf(teasers, pointers);
/** On which site: `on example.com`, `auf Beispiel Online`. */
const site =
  "(?: (?:on|at|in|auf|bei|sur|en|em|no|su|op|på|na|на) [^\\s!?]{2,60}(?: [\\p{Lu}\\d]\\S{0,20}){0,3})";

const compile = (sources: readonly string[]): readonly RegExp[] =>
  sources.map((source) => new RegExp(source, "iu"));

/** Where a text ends in a mark that points on. */
const marked = compile([
  // […] ; (mehr …) ; [全文を読む] ; ... (更多)
  `\\s*[[(（【]\\s*(?:${dots}|${either}\\s*(?:${dots}|${arrows})?)\\s*[\\])）】]\\s*(?:${arrows})?$`,
  // Read more… ; Weiterlesen → ; 详情>>
  `\\s*${dots}?\\s*[[(（]?${word}${teaser} ?(?:${dots}|${arrows})[\\])）]?$`,
  `\\s*(?<!«[^»]{0,80})${word}${either} ?${arrows}$`,
]);

const unmarked = compile([
  // … it said. Read more ; … it said.Read more on example.com
  `(?<=[\\p{Sentence_Terminal}…”"»」』）)\\]] ?)[[(（]?${teaser}[\\])）]?[.:]?$`,
  `(?<=${end} ?)${teaser}${site}$`,
  `(?<=${end} ?)${either}${dots}?$`,
]);
const mark = /[…→»›>\])）】]$|\.\.\.$/u;

const pointing = new RegExp(`^[^\\p{L}\\p{N}]{0,3}${either}${site}?[^\\p{L}\\p{N}]{0,4}$`, "iu");

/**
 * The text without the invitations to read on that its end carries, such as `Read more…` or `[…]`; a cut that they hid
 * shows as `…`. `link`: the words of the link in which the text ends.
 */
export function withoutTeaser(text: string, link?: string): string {
  let rest = text;
  if (link !== undefined && link.length < text.length && text.endsWith(link) && pointing.test(link))
    rest = beforeLink(rest.slice(0, -link.length));
  for (;;) {
    const tail = rest.slice(-TAIL);
    const forms = mark.test(tail) ? [...marked, ...unmarked] : unmarked;
    const shorter = forms.reduce((left, form) => left.replace(form, ""), tail).trimEnd();
    if (shorter === tail)
      return rest === text || rest === "" || endsAsSentence(rest) || thai.test(rest.slice(-2))
        ? rest
        : `${rest}…`;
    rest = rest.slice(0, rest.length - tail.length) + shorter;
  }
}

/** What stands between a text and such a link. */
const parting = /\s*(?:…|\.\.\.)?[\s|·•→›>]*(?:->\s*)?$/u;
const beforeLink = (text: string): string => text.slice(0, -TAIL) + text.slice(-TAIL).replace(parting, "");

const TAIL = 80;
/** Thai has no end marks whose absence would tell of a cut. */
const thai = /\p{Script=Thai}$/u;
