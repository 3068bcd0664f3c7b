import type { ListedFeed } from "./opml.ts";

/** A feed of `cdk.json`, as far as a subscription list has something to say about it. */
export interface ConfiguredFeed {
  readonly title?: string;
  readonly url?: string;
}

/** A change of `feeds.<slug>`. */
export interface FeedChange {
  readonly slug: string;
  readonly before?: ConfiguredFeed;
  readonly after: Required<ConfiguredFeed>;
}

/**
 * The changes that bring listed feeds into the configuration. A feed is found by its address, then by its slug where
 * the configuration has no address. Titles of the configuration stay, because somebody chose them.
 */
export function feedChanges(
  listed: readonly ListedFeed[],
  configured: Readonly<Record<string, ConfiguredFeed>>,
): { readonly changes: readonly FeedChange[]; readonly slugs: readonly string[] } {
  const byUrl = new Map(
    Object.entries(configured).flatMap(([slug, { url }]) => (url ? [[normal(url), slug] as const] : [])),
  );
  // A configured feed without address may be one of the list.
  const taken = new Set(Object.keys(configured).filter((slug) => configured[slug]?.url !== undefined));
  const slugs: string[] = [];
  const changes: FeedChange[] = [];
  for (const { title, url } of listed) {
    const slug = byUrl.get(url) ?? freeSlug(slugFor(title, url), taken);
    taken.add(slug);
    slugs.push(slug);
    const before = configured[slug];
    const isSame = before?.url !== undefined && normal(before.url) === url;
    const after = { title: before?.title ?? title, url: isSame ? before.url : url };
    if (before?.title !== after.title || !isSame) changes.push({ slug, ...(before && { before }), after });
  }
  return { changes, slugs };
}

/** The form in which a list has the address. */
const normal = (url: string): string => (URL.canParse(url) ? new URL(url).href : url);

/** The title in lower-case ASCII, or the host where the title has no ASCII letter: a folder name under `snapshots/`. */
function slugFor(title: string, url: string): string {
  const slugged = (text: string) =>
    text
      .normalize("NFKD")
      .replaceAll(/\p{M}/gu, "")
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .slice(0, 40)
      .replaceAll(/^-|-$/g, "");
  const fromTitle = slugged(title);
  return /[a-z]/.test(fromTitle) ? fromTitle : slugged(new URL(url).host.replace(/^www\./, "")) || "feed";
}

/** The slug, or with a number where another feed has it. */
function freeSlug(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) if (!taken.has(`${wanted}-${number}`)) return `${wanted}-${number}`;
}
