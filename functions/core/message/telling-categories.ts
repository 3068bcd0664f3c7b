import { comparable, comparableWords } from "../summary/plain.ts";
import { spacelessLetters } from "../feed/text/spaceless-scripts.ts";
import { line } from "./cut-text.ts";
import type { Alert } from "./message.ts";
import { feedName, ownNames } from "./names.ts";

/** Categories that say nothing about an entry, as `comparable` writes them. */
const generic = new Set(
  (
    "uncategorized|uncategorised|uncategory|general|misc|miscellaneous|other|others|default|none|null|news|latestnews|latest|breakingnews|topnews|" +
    "topstories|headlines|featured|features|article|articles|blog|blogs|blogpost|post|posts|story|stories|home|homepage|main|page|rss|feed|all|" +
    "content|podcast|podcasts|episode|episodes|update|updates|announcement|announcements|nachrichten|aktuelles|aktuell|allgemein|allgemeines|unkategorisiert|sonstiges|meldungen|" +
    "actualité|actualités|actu|nonclassé|général|alaune|noticias|general|sincategoría|sincategorizar|actualidad|notícias|semcategoria|geral|" +
    "notizie|senzacategoria|ultimora|nieuws|algemeen|geencategorie|nyheter|nyheder|okategoriserade|aktualności|wiadomości|bezkategorii|haberler|genel|" +
    "новости|безрубрики|общее|разное|新闻|新聞|未分类|未分類|其他|其它|默认|默認|要闻|要聞|首页|首頁|最新|ニュース|その他|一般|お知らせ|뉴스|미분류|일반|أخبار|غيرمصنف|חדשות|כללי"
  ).split("|"),
);

/** UTF-16 code units from which a category is a sentence or an identifier. */
const maxLength = 40;

/** Marks of names for programs: `type:article`, `region|US`, `wp_featured`, `a=b`, addresses. */
const forPrograms = /[_=@\\]|:\S|\S\|\S|:\/\/|^[a-z\d]+-[a-z\d]+-[a-z\d-]+$/iu;

const spaceless = new RegExp(`[${spacelessLetters}]`, "u");

/** Tells whether a title contains a phrase: all of its words, or the phrase where the script puts no spaces between words. */
function wordsIn(title: string): (phrase: string) => boolean {
  const whole = comparable(title);
  const words = new Set(comparableWords(title.slice(0, 1_000)));
  return (phrase) =>
    spaceless.test(phrase)
      ? whole.includes(comparable(phrase))
      : comparableWords(phrase).every((word) => words.has(word));
}

/** A category as readers see it; `""` where it is no word for a topic. */
function topicIn(category: string): string {
  const text = line(category, 4 * maxLength).replace(/^#/u, "");
  return text.length > maxLength || forPrograms.test(text) || !/\p{L}/u.test(text) ? "" : text;
}

/**
 * The categories that say something about an entry, in the feed's order, at most `max`: no generic ones such as
 * `Uncategorized` or `News`, none that names the feed or an author, and none that is in the title. `common`: those that do
 * not tell the entries of a digest apart.
 */
export function tellingCategories(
  alert: Alert,
  max: number,
  common: ReadonlySet<string> = new Set(),
): readonly string[] {
  const own = ownNames(alert.source);
  const isInTitle = wordsIn(alert.title);
  const seen = new Set([...alert.authors.map(comparable), ...comparableWords(feedName(alert.source))]);
  const found: string[] = [];
  for (const category of alert.categories) {
    if (found.length >= max) break;
    const topic = topicIn(category);
    const key = comparable(topic);
    if (key === "" || seen.has(key) || own.has(key) || generic.has(key) || common.has(key)) continue;
    seen.add(key);
    if (!isInTitle(topic)) found.push(topic);
  }
  return found;
}

/** The categories, as `comparable` writes them, of more than half of the entries, if there are more than three. */
export function commonCategories(alerts: readonly Alert[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { categories } of alerts)
    for (const key of new Set(categories.map((category) => comparable(topicIn(category)))))
      counts.set(key, (counts.get(key) ?? 0) + 1);
  const isCommon = (count: number): boolean => alerts.length > 3 && count > alerts.length / 2;
  return new Set([...counts].filter(([, count]) => isCommon(count)).map(([key]) => key));
}
