import { hash } from "node:crypto";
import type { Entry } from "../feed/entry.ts";
import { pageLink } from "../feed/substitute-link.ts";
import type { LedgerItem } from "../ports.ts";
import { shortHash } from "./short-hash.ts";
import { canonicalLink } from "./canonical-link.ts";

/** What tells an entry from all others of its feed: hashes of its fingerprints, and the ledger keys that follow from them. */
export interface Identity {
  readonly id?: string;
  readonly link?: string;
  /** Absent where the entry has no title. */
  readonly title?: string;
  /** Date of publication as the source states it, epoch seconds; an edit's or a snapshot's date tells nothing. */
  readonly date?: number;
  /**
   * Ledger keys, strongest first: id, link, title with date, and last all of them together, which is only used
   * where the others belong to other entries.
   */
  readonly slots: readonly [string, ...string[]];
}

/** All fingerprints but the last, which never is a pointer to another entry's item. */
export const weakerSlots = ({ slots }: Identity): readonly string[] => slots.slice(0, -1);

/** 132 bits: enough for every entry that a table will ever hold. */
const long = (text: string): string => hash("sha256", text, "base64url").slice(0, 22);

type SlotKind = "id" | "link" | "title" | "all";

const slotKey = (feed: string, kind: SlotKind, value: string): string =>
  `entry#${feed}#${long(`${kind}\n${value}`)}`;

/** The ledger key under which a feed's entry with this link, or with this id, is found if it has one. */
export const keyOf = (feed: string, linkOrId: string): string =>
  /^https?:/i.test(linkOrId) ? slotKey(feed, "link", canonicalLink(linkOrId)) : slotKey(feed, "id", linkOrId);

const plainTitle = (title: string): string =>
  title.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

/**
 * The entry's fingerprints within its feed. A permalink that serves as id is the link's fingerprint, so that
 * renderings of a feed with and without ids meet. The text is touched only where an entry has nothing else.
 */
export function identify(feed: string, entry: Entry): Identity {
  // An enclosure's or the feed's address does not tell an entry from its siblings.
  const page = pageLink(entry);
  const link = page === undefined ? undefined : canonicalLink(page);
  const id = entry.id && /^https?:/i.test(entry.id) ? canonicalLink(entry.id) : entry.id || undefined;
  const title = plainTitle(entry.title) || undefined;
  const date =
    entry.dateSource === "published" && entry.published
      ? Math.floor(Date.parse(entry.published) / 1000)
      : undefined;
  const slots: string[] = [];
  const add = (kind: SlotKind, value: string) => {
    const key = slotKey(feed, kind, value);
    if (!slots.includes(key)) slots.push(key);
  };
  if (id !== undefined) add(/^https?:/i.test(entry.id ?? "") ? "link" : "id", id);
  if (link !== undefined) add("link", link);
  if (id === undefined && title !== undefined && date !== undefined) add("title", `${date}\n${title}`);
  const rest = title ?? (id === undefined && link === undefined ? bareText(entry) : "");
  add("all", `${id ?? ""}\n${link ?? ""}\n${date ?? ""}\n${rest}`);
  return {
    ...(id !== undefined && { id: shortHash(id) }),
    ...(link !== undefined && { link: shortHash(link) }),
    ...(title !== undefined && { title: shortHash(title) }),
    ...(date !== undefined && { date }),
    slots: slots as [string, ...string[]],
  };
}

const bareText = (entry: Entry): string => (entry.description || entry.content || "").slice(0, 4096);

export type Likeness =
  /** The same entry. */
  | "same"
  /** An edit of it, unless both are seen to stand side by side. */
  | "edited"
  | "other";

/**
 * Whether an entry is the one that the ledger knows.
 *
 * | id | link | title | |
 * |---|---|---|---|
 * | same | same | any | same |
 * | same | other | same | same: the link was edited |
 * | same | other | other | other: the id is used again |
 * | same | one has none | other | edited |
 * | other | same | same | same: the id is unstable |
 * | other | same | other | other: several entries share a link |
 * | one has none | same | same | same: two renderings |
 * | one has none | same | other | edited |
 * | one has none | other | same, with the same date | edited |
 *
 * An edit has the date of what it edits: where both state another date of publication it is another entry.
 * Where two readings are possible the entry counts as new: it is sent rather than lost.
 */
export function compare(entry: Identity, item: LedgerItem): Likeness {
  const bothIds = entry.id !== undefined && item.id !== undefined;
  const sameId = bothIds && entry.id === item.id;
  const bothLinks = entry.link !== undefined && item.links.length > 0;
  const sameLink = bothLinks && item.links.includes(entry.link ?? "");
  const untitled = entry.title === undefined && item.titles.length === 0;
  const sameTitle = entry.title !== undefined && item.titles.includes(entry.title);
  const sameDate = entry.date === item.date;
  const otherDate = !sameDate && entry.date !== undefined && item.date !== undefined;

  if (sameId && (sameLink || sameTitle)) return "same";
  if (sameId && untitled && !bothLinks) return otherDate ? "other" : "same";
  if (sameId && !bothLinks) return otherDate ? "other" : "edited";
  if (sameLink && sameTitle) return "same";
  if (bothIds) return "other";
  if (sameLink && untitled) return sameDate ? "same" : otherDate ? "other" : "edited";
  if (sameLink) return otherDate ? "other" : "edited";
  if (sameTitle && sameDate && (entry.date !== undefined || !bothLinks)) return bothLinks ? "edited" : "same";
  if (entry.slots.at(-1) === item.key) return "same";
  return "other";
}
