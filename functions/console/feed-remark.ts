import { prefixes } from "../aws/environment.ts";
import type { Configuration } from "../core/configuration.ts";
import { feedOfKey } from "../core/feed/feed-slug.ts";
import { escapeLine, safeLine } from "./terminal.ts";

/**
 * Says which feed a file without a folder was read as, a line with its end, where the configuration has rules or settings
 * for feeds that such a file may miss.
 */
export function feedRemark(
  { file, key, feed }: { readonly file: string; readonly key: string; readonly feed: string | undefined },
  { audiences, feeds }: Pick<Configuration, "audiences" | "feeds">,
): string | undefined {
  const isAboutFeeds =
    Object.keys(feeds).length > 0 ||
    audiences.some(
      ({ rules, preferredFeeds }) => preferredFeeds.length > 0 || JSON.stringify(rules).includes('"feeds":'),
    );
  if (!isAboutFeeds || feed === undefined || feedOfKey(key, prefixes.snapshots) !== undefined)
    return undefined;
  return `${escapeLine(file)}: read as the feed ${safeLine(feed)}; give --feed NAME to apply the rules and settings of another.\n`;
}
