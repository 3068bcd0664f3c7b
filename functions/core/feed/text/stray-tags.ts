import { isElement } from "./html-tags.ts";

/**
 * HTML in which the `<` of words in angle brackets that are no element, such as `List<String>` or `<mika@example.org>`, is
 * escaped so that the words stay. Unknown elements stay markup where they have attributes, both tags or a namespace
 * prefix. Linear in the text's length.
 */
export function escapeStrayTags(html: string): string {
  let out = "";
  let from = 0;
  let names: TagNames | undefined;
  for (let at = html.indexOf("<"); at >= 0; at = html.indexOf("<", at + 1)) {
    if (isPlainTag(html, at)) continue;
    const tag = tagAfter(html, at);
    if (tag === undefined || isElement(tag.name)) continue;
    if (isMarkup(html, tag)) {
      names ??= namesOf(html);
      const hasOther = tag.isEnd ? names.started.has(tag.name) : names.ended.has(tag.name);
      if (hasOther || hasPrefix.test(tag.name) || hasAttribute(html, tag.end)) continue;
    }
    out += `${html.slice(from, at)}&lt;`;
    from = at + 1;
  }
  return from === 0 ? html : out + html.slice(from);
}

interface TagStart {
  /** In lower case. */
  readonly name: string;
  readonly isEnd: boolean;
  /** Index after the name. */
  readonly end: number;
}

interface TagNames {
  readonly started: ReadonlySet<string>;
  readonly ended: ReadonlySet<string>;
}

/** Whether a tag of HTML's own elements follows: a check without a regular expression for the usual case. */
function isPlainTag(html: string, at: number): boolean {
  const start = at + (html.charCodeAt(at + 1) === 47 ? 2 : 1);
  let end = start;
  while (end - start < 12 && isAlphanumeric(html.charCodeAt(end))) end += 1;
  const after = html.charCodeAt(end);
  return (after === 62 || after === 32 || after === 47) && isElement(html.slice(start, end).toLowerCase());
}

const isAlphanumeric = (unit: number): boolean =>
  ((unit | 32) >= 97 && (unit | 32) <= 122) || (unit >= 48 && unit <= 57);

const tagName = /^[a-z][\w:.-]{0,39}/i;
const hasPrefix = /^[a-z]\w*:\w/;

/** The name that follows a `<`, if one does. */
function tagAfter(html: string, at: number): TagStart | undefined {
  const isEnd = html.charCodeAt(at + 1) === 47;
  const start = at + (isEnd ? 2 : 1);
  const first = html.charCodeAt(start) | 32;
  if (!(first >= 97 && first <= 122)) return undefined;
  const name = tagName.exec(html.slice(start, start + 40))?.[0];
  return name === undefined ? undefined : { name: name.toLowerCase(), isEnd, end: start + name.length };
}

/** Whether the name ends as that of a tag does. */
const isMarkup = (html: string, { name, end }: TagStart): boolean =>
  !name.endsWith(":") && /^[\s/>]$/u.test(html.charAt(end));

function namesOf(html: string): TagNames {
  const started = new Set<string>();
  const ended = new Set<string>();
  for (let at = html.indexOf("<"); at >= 0; at = html.indexOf("<", at + 1)) {
    const tag = tagAfter(html, at);
    if (tag !== undefined) (tag.isEnd ? ended : started).add(tag.name);
  }
  return { started, ended };
}

/** Whether a `=` comes before the tag ends. */
function hasAttribute(html: string, from: number): boolean {
  const tag = html.slice(from, from + 200);
  const end = tag.indexOf(">");
  return tag.slice(0, end < 0 ? undefined : end).includes("=");
}
