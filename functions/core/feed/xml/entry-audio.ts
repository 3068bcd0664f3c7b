import { isAudio, secondsOf, type AudioFile } from "../audio-file.ts";
import { readLink } from "../text/links.ts";
import type { Child } from "./children.ts";
import type { EntryScope } from "./entry-scope.ts";
import { textOf } from "./field-values.ts";
import { attributesOf } from "./markup.ts";

/**
 * The first audio file of an entry: RSS `<enclosure>`, Atom `<link rel="enclosure">` (RFC 4287, 4.2.7.2) or Media RSS
 * `<media:content>`, and its length from `<itunes:duration>` or the `duration` of Media RSS.
 */
export function audioOf(
  children: readonly Child[],
  base: string | undefined,
  scope: EntryScope,
): AudioFile | undefined {
  for (const child of children) {
    const address = addressIn(child);
    if (address === undefined) continue;
    const own = attributesOf(child.attributes, scope.decode, scope.declared);
    if (address === "href" && own.get("rel")?.trim().toLowerCase() !== "enclosure") continue;
    const raw = own.get(address)?.trim() ?? "";
    const type = own.get("type")?.trim() || (own.get("medium")?.trim() ?? "");
    const link = raw !== "" && isAudio(type, raw) ? readLink(raw, base).link : undefined;
    if (link === undefined) continue;
    const stated = children.find(({ name }) => name === "itunes:duration");
    const seconds = secondsOf(stated === undefined ? (own.get("duration") ?? "") : textOf(stated, scope));
    return { link, ...(seconds !== undefined && { seconds }) };
  }
  return undefined;
}

/** The attribute with the address of a file, by the element's name. The tag's text is searched first: most links are no files. */
function addressIn({ name, attributes }: Child): "href" | "url" | undefined {
  if (name === "enclosure" || name === "media:content") return "url";
  const isLink = name === "link" || name === "atom:link";
  return isLink && attributes.includes("enclosure") ? "href" : undefined;
}
