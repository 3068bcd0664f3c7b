import { slug } from "../feed/feed-slug.ts";

/** Whether a feed's slug is meant by a name, a slug or a slug with `*` for any characters. */
export function matchesFeed(name: string, feed: string): boolean {
  if (!name.includes("*")) return name === feed || slug(name) === feed;
  const [start = "", ...rest] = name.split("*");
  if (!feed.startsWith(start)) return false;
  const end = rest.pop() ?? "";
  let at = start.length;
  for (const part of rest) {
    const found = feed.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return feed.length - end.length >= at && feed.endsWith(end);
}
