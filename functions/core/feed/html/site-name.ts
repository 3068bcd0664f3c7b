import { folded } from "./folded-text.ts";

/** Separators between an article's title and the site's name. */
const separators = [
  " | ",
  " - ",
  " – ",
  " — ",
  " · ",
  " • ",
  " :: ",
  "::",
  " » ",
  " « ",
  " / ",
  "｜",
  "|",
  "：",
  "_",
  "－",
  "—",
  "-",
];
const maxSiteName = 60;
/** A longer title is not split: the time grows with the square of its length. */
const maxTitle = 500;

/** A title in two parts, the site's name being the last one (or, rarely, the first). */
interface SplitTitle {
  readonly title: string;
  readonly site: string;
}

/**
 * Takes the site's name off a page's title, as in `Weir keeper retires | Courier`, where something else confirms where
 * the title ends: the site's name, a headline of the page or the host of its address.
 */
export function splitTitle(
  title: string,
  known: {
    readonly names: readonly string[];
    readonly headlines: readonly string[];
    readonly host: string | undefined;
  },
): SplitTitle | undefined {
  if (title.length > maxTitle) return undefined;
  const names = known.names.map(folded).filter((name) => name !== "");
  const headlines = known.headlines.map(folded).filter((headline) => headline !== "");
  for (const separator of separators) {
    for (let at = title.indexOf(separator, 1); at > 0; at = title.indexOf(separator, at + separator.length)) {
      const before = title.slice(0, at).trim();
      const after = title.slice(at + separator.length).trim();
      if (before === "" || after === "") continue;
      const rest = lastPart(after);
      // `Title | News | Courier`: between them are sections.
      if (headlines.includes(folded(before)) && rest.length <= maxSiteName)
        return { title: before, site: rest };
      if (names.includes(folded(after)) || (isWide(separator) && isOfHost(after, known.host)))
        return { title: before, site: after };
      if (names.includes(folded(before)) && isWide(separator)) return { title: after, site: before };
    }
  }
  return undefined;
}

/** A hyphen or an underline without spaces may belong to a word. */
function isWide(separator: string): boolean {
  return separator.startsWith(" ") || separator === "｜" || separator === "|";
}

function lastPart(text: string): string {
  let part = text;
  for (const separator of separators) {
    const at = part.lastIndexOf(separator);
    if (at > 0 && at + separator.length < part.length) part = part.slice(at + separator.length).trim();
  }
  return part;
}

/** `HR JOURNAL` for `www.hrjournal.example`. */
function isOfHost(name: string, host: string | undefined): boolean {
  const letters = folded(name.replace(/^the\s/i, "")).replace(/(?:com|net|org|de|fr|uk)$/, "");
  return (
    host !== undefined && letters.length >= 4 && name.length <= maxSiteName && folded(host).includes(letters)
  );
}
