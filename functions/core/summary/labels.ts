const creditLabels = new Set(
  "caption captions credit credits byline bylines dateline photocredit imagecaption figcaption".split(" "),
);
const boxLabels = new Set(
  (
    "share sharing sharedaddy social related promo promotion newsletter subscribe subscription signup advert advertisement " +
    "ads sponsor sponsored disclaimer copyright breadcrumb breadcrumbs tags tagcloud comments toc footnotes relatedposts " +
    "cookie cookies consent gdpr paywall"
  ).split(" "),
);

/**
 * The role of an element by its class or id: a `credit` (caption, byline) is never text; a `box` (share bar, newsletter,
 * related stories) is text only if there is no other.
 */
export function labelOf(name: string | undefined): "credit" | "box" | undefined {
  if (name === undefined || name === "") return undefined;
  const words = name
    .slice(0, 300)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/);
  if (words.some((word) => creditLabels.has(word))) return "credit";
  return words.some((word) => boxLabels.has(word)) ? "box" : undefined;
}
