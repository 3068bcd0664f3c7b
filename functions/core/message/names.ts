import { decodeEntities } from "../feed/text/entities.ts";
import { comparable, comparableWords } from "../summary/plain.ts";
import { cut, line } from "./cut-text.ts";
import type { Alert, SourceFeed } from "./message.ts";

/** What is shown of a name at most, in UTF-16 code units. */
const maxLength = {
  feed: 80,
  /** A longer name of a feed is a sentence or a list of names: its short form is shown, if it has one. */
  whole: 50,
  author: 80,
  /** A name with an address after it, of which the name is shown. */
  authorWithAddress: 400,
} as const;

/** The whole name, decoded where the feed has escaped it once too often. */
const wholeName = (source: SourceFeed): string =>
  line(decodeEntities(source.title), maxLength.feed) || line(source.slug, maxLength.feed);

/** The feed's name as readers know it; of a name of more than 50 UTF-16 code units the short form, if it has one. */
export function feedName(source: SourceFeed): string {
  const name = wholeName(source);
  return name.length <= maxLength.whole ? name : (shortName(name, source, maxLength.whole) ?? name);
}

const separator = / [|｜·•:–—>»/-]{1,2} | ?[|｜] ?|: |：/u;
const domain =
  /^(?:https?:\/\/)?(?:www\.)?([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,3}\.[a-z]{2,24})(?![\w.])/iu;
const generic =
  /^(?:the )?(?:latest|breaking|top|all|recent|new)?\s?(?:news|stories|posts?|articles?|headlines|updates|feed|rss|blog|home|nachrichten|actualités|noticias|notícias|notizie|новости|新闻|新聞|最新|首页|首頁)$/iu;

/**
 * The feed's name within `max` UTF-16 code units: whole where it fits, else the part that names its publisher (`Latest news |
 * Example Daily`), a domain in it, the part before a preposition, or its site. It is cut only if there is none of them.
 */
export function feedBrand(source: SourceFeed, max: number): string {
  const name = wholeName(source);
  if (name.length <= max) return name;
  const site = siteOf(source.link);
  const brand = shortName(name, source, max) ?? partBefore(preposition, name, max);
  return brand ?? (site !== "" && site.length <= max ? site : cut(name, max));
}

/** The part that names the publisher, a domain in the name, or what is before a description. */
const shortName = (name: string, { link }: SourceFeed, max: number): string | undefined =>
  publisherOf(name, siteOf(link), max) ?? domainIn(name, max) ?? partBefore(described, name, max);

/** `Mill Radio is a daily show for early birds` */
const described =
  /^.{3,80}?(?= (?:is|ist|est|es|è|é|är|er|jest) (?:a|an|the|your|ein|eine|der|die|das|un|une|una|uma|um|le|la|o|el|il|en|ett|et) )/u;

/** `Mill Radio with Ada Weir and Bo Lock` */
const preposition =
  /^.{6,80}?(?= (?:for|from|about|with|by|für|von|aus|mit|pour|avec|para|con|com|per|для) )/u;

function partBefore(expression: RegExp, name: string, max: number): string | undefined {
  const found = expression.exec(name)?.[0];
  return found !== undefined && found.length <= max && !generic.test(found) ? found : undefined;
}

function publisherOf(name: string, site: string, max: number): string | undefined {
  const parts = name
    .split(separator)
    .filter((part) => part.trim() !== "" && part.length <= max && !part.endsWith("…"));
  if (parts.length === 0 || parts[0] === name) return undefined;
  const letters = comparable(site);
  const scores = parts.map((part) => (letters === "" ? 0 : shareIn(letters, part)));
  const best = scores.indexOf(Math.max(...scores));
  if (scores[best]! >= 0.5) return parts[best];
  return parts.find((part) => !generic.test(part));
}

/** The share of a name's words that a site's address holds. */
function shareIn(site: string, name: string): number {
  const long = comparableWords(name).filter((word) => word.length > 2);
  return long.length === 0 ? 0 : long.filter((word) => site.includes(word)).length / long.length;
}

function domainIn(name: string, max: number): string | undefined {
  const found = domain.exec(name)?.[1];
  return found !== undefined && found.length <= max ? found : undefined;
}

/** The host of a link, without `www.`; `""` where there is none. */
function siteOf(link: string | undefined): string {
  if (link === undefined || !URL.canParse(link)) return "";
  return new URL(link).hostname.replace(/^www\./u, "");
}

/**
 * The name in `Ben <ben@x.example>`, `Ben (ben@x.example)` and `ben@x.example (Ben)` (RFC 5322, 3.4; RSS 2.0, author), with an
 * address of a page too; else the whole text.
 */
function withoutAddress(author: string): string {
  const isAngled = author.endsWith(">");
  const open = author.lastIndexOf(isAngled ? "<" : "(");
  if (open < 1 || !(isAngled || author.endsWith(")"))) return author;
  const before = author.slice(0, open).trim();
  const inside = author.slice(open + 1, -1);
  if (isAddress(inside)) return before.replaceAll('"', "");
  return !isAngled && before.includes("@") && isAddress(before) ? inside : author;
}

const isAddress = (text: string): boolean =>
  !/\s/u.test(text) && (/^<?[^@]{1,64}@/u.test(text) || text.includes("://") || text.startsWith("www."));

const byline =
  /^(?:by:?\s+|(?:von|par|por|di|da)\s+(?=\p{Lu}[\p{L}.'’-]*\s+\p{Lu})|(?:作者|撰文|文|记者|記者|執筆|取材|글)\s?[:：／/]\s?|(?:记者|記者)\s+)/iu;

/** Authors who are nobody. */
const placeholders = new Set(
  (
    "null|none|nil|undefined|nan|na|unknown|unknownauthor|noauthor|author|anonymous|anonym|anonyme|anonimo|anónimo|anônimo|" +
    "admin|administrator|adminadmin|siteadmin|root|webmaster|user|guest|noreply|donotreply|postmaster|system|editor|test|" +
    "unbekannt|inconnu|desconocido|desconhecido|sconosciuto|неизвестно|неизвестен|аноним|админ|" +
    "未知|匿名|佚名|无名|管理员|管理員|游客|訪客|访客|不明|작자미상|익명|관리자|مجهول|غيرمعروف|אנונימי"
  ).split("|"),
);

/** An author's name without address and `By`; `""` where there is none. */
function authorName(author: string): string {
  const whole = line(author, maxLength.authorWithAddress);
  let name = withoutAddress(whole);
  for (let last = ""; last !== name;) {
    last = name;
    name = name.replace(byline, "").trim();
  }
  return isAddress(name) || placeholders.has(comparable(name)) ? "" : line(name, maxLength.author);
}

/** The names of a feed, its publisher and its site, as `comparable` writes them. */
export function ownNames(source: SourceFeed): ReadonlySet<string> {
  const site = siteOf(source.link);
  const name = wholeName(source);
  const publisher = publisherOf(name, site, maxLength.feed) ?? name;
  return new Set([name, publisher, source.slug, site].map(comparable));
}

/** The names of an entry's authors as readers see them, each once, without the feed's own name. */
export function authorNames({ authors, source }: Pick<Alert, "authors" | "source">): readonly string[] {
  const own = ownNames(source);
  return [...new Set(authors.map(authorName))].filter((name) => name !== "" && !own.has(comparable(name)));
}

const untitled = new Set(
  (
    "notitle|untitled|nosubject|null|undefined|none|nil|nan|na|untitleddocument|untitledpost|untitledpage|untitledentry|" +
    "keintitel|ohnetitel|sanstitre|sintitulo|sintítulo|semtitulo|semtítulo|senzatitolo|geentitel|zondertitel|utantitel|" +
    "udentitel|utentittel|beztytulu|beztytułu|beznázvu|başlıksız|безназвания|беззаголовка|безназви|" +
    "无标题|無標題|无题|無題|未命名|タイトルなし|제목없음|بدونعنوان|ללאכותרת"
  ).split("|"),
);

/** Whether a title says that there is none: `[no title]`, `null`, `-`. */
export const isUntitled = (title: string): boolean =>
  /^(?:\p{Pd}{1,8}|\.{1,8}|…|_{1,8}|\*{1,8})$/u.test(title) ||
  (title.length <= 40 && untitled.has(comparable(title)));
