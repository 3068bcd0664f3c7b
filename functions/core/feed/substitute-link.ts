import type { Entry, Feed } from "./entry.ts";
import { resolveLink } from "./text/links.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Gives an entry without a link the feed's page, or else its own id if that is an http or https address, and names the
 * source of the link. Changes the entry in place: a copy would decode its bodies.
 */
export function addSubstituteLink(entry: Entry, feed: Feed): void {
  if (entry.link !== undefined) return;
  const own = entry.id !== undefined && /^https?:\/\//i.test(entry.id) ? resolveLink(entry.id) : undefined;
  const link = feed.link ?? own;
  if (link === undefined) return;
  const target: Mutable<Entry> = entry;
  target.link = link;
  target.linkSource = feed.link === undefined ? "id" : "feed";
}

/** The address of the entry's own page: the only link that tells entries apart. */
export function pageLink({ link, linkSource }: Pick<Entry, "link" | "linkSource">): string | undefined {
  return linkSource === undefined ? link : undefined;
}

/** Whether the entry itself gives an address to open, its files included. */
export function hasOwnLink({ link, linkSource }: Pick<Entry, "link" | "linkSource">): boolean {
  return link !== undefined && linkSource !== "feed" && linkSource !== "id";
}
