import { line } from "../cut-text.ts";
import { maxShown, shownLink } from "../headline.ts";
import type { LocaleWords } from "../locales/locale-words.ts";
import type { Alert } from "../message.ts";
import { feedName } from "../names.ts";
import { isolate } from "./direction.ts";
import { limits } from "./mail-limits.ts";
import { wrapIsolated } from "./wrap.ts";

/**
 * `Also: The Guardian, BBC News`, and the links of these reports below, in the same order and each on its own line. A
 * report of the same feed is named by its title if that is another one.
 */
export function alsoLines({ source, title, also = [] }: Alert, words: LocaleWords): readonly string[] {
  const names = also.map((report) => {
    const own = line(report.title, maxShown.lead);
    const isSameFeed = report.source.slug === source.slug;
    return isSameFeed && own !== "" && report.title !== title ? own : feedName(report.source);
  });
  if (names.length === 0) return [];
  const links = also.flatMap((report) => shownLink(report.link) ?? []);
  return [...wrapIsolated(words.also([...new Set(names)].map(isolate)), limits.width), ...new Set(links)];
}
