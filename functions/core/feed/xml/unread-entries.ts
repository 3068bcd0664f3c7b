import { childrenOf, type ChildLimits } from "./children.ts";
import { localOf, type Names } from "./namespaces.ts";
import type { Walk } from "./walk.ts";

const containers = new Set(["rss", "rdf", "feed", "channel", "items", "entries"]);
/** Elements of a feed's head that may have a title or a link. */
const headElements = new Set(["image", "textinput", "source", "link", "cloud", "generator"]);

/** Elements by their local names in any vocabulary. */
const localNames: Names = { guesses: [], resolve: localOf, within: () => localNames };

/**
 * Returns why a feed without entries is not empty: it is truncated, or it has elements that look like entries in an
 * unknown vocabulary. `undefined` for an empty feed.
 */
export function whyNoEntries(
  { foreignEntries, rootClosed, outside }: Walk,
  limits: ChildLimits,
): string | undefined {
  if (foreignEntries > 0)
    return `${foreignEntries} element${foreignEntries === 1 ? "" : "s"} named item or entry in an unknown XML namespace`;
  if (!rootClosed) return "a feed that ends before its first entry";
  const unread = entryLike(outside, { from: 0, to: outside.length }, limits);
  return unread === undefined ? undefined : `<${unread}> elements instead of <item> or <entry>`;
}

/** The name of an element that, like an entry, has a title, and a link or a text. */
function entryLike(
  text: string,
  { from, to }: { readonly from: number; readonly to: number },
  limits: ChildLimits,
  depth = 0,
): string | undefined {
  const inside = (start: number, end: number) =>
    childrenOf(
      { text, bytes: undefined },
      { from: start, to: end },
      { names: localNames, limits, onExcess: () => {} },
    );
  for (const child of inside(from, to)) {
    if (containers.has(child.name) && depth < 4) {
      const found = entryLike(text, child, limits, depth + 1);
      if (found !== undefined) return found;
    } else if (!headElements.has(child.name)) {
      const names = new Set(inside(child.from, child.to).map(({ name }) => name));
      const hasTitle = names.has("title") || names.has("headline");
      if (hasTitle && names.size > 1) return child.name;
    }
  }
  return undefined;
}
