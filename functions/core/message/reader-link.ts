import { isHidden, isTrackingFragment } from "../feed/text/tracking-parameters.ts";
import { linkText } from "./cut-text.ts";
import { withoutRedirectors } from "./redirectors.ts";

/**
 * A link as readers see it, in ASCII: redirectors whose target is written in the link are replaced by the target, and
 * tracking parameters are removed. All other characters stay as they are.
 */
export function readerLink(link: string): string {
  return linkText(withoutTracking(withoutRedirectors(link)));
}

/**
 * The link with percent-encoded letters and digits of UTF-8 decoded: shorter, and it leads to the same page, because
 * programs encode them the same way again. Everything that could end or reorder the link stays encoded.
 */
export function decodedLink(link: string): string {
  return link.replace(/(?:%[89a-f][0-9a-f])+/gi, (run) => {
    try {
      const text = decodeURIComponent(run);
      // Programs that normalise text would change such an address.
      if (/^\p{M}/u.test(text) || text !== text.normalize("NFC")) return run;
      return Array.from(text, (character) =>
        readable.test(character) ? character : encodeURIComponent(character),
      ).join("");
    } catch {
      // Not UTF-8: the site uses another encoding.
      return run;
    }
  });
}

/** Letters, digits and their marks, but none that shows nothing, such as U+3164 HANGUL FILLER. */
const readable = /^(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{M}\p{N}]$/u;

function withoutTracking(link: string): string {
  const hash = link.indexOf("#");
  const address = hash < 0 ? link : link.slice(0, hash);
  const fragment = hash < 0 || isTrackingFragment(link.slice(hash + 1)) ? "" : link.slice(hash);
  const mark = address.indexOf("?");
  if (mark < 0) return address + fragment;
  const path = address.slice(0, mark);
  const parts = address.slice(mark + 1).split("&");
  const kept = parts.filter((part) => {
    const equals = part.indexOf("=");
    const [name, value] = equals < 0 ? [part, ""] : [part.slice(0, equals), part.slice(equals + 1)];
    return !isHidden(name, value, path);
  });
  if (kept.length === parts.length) return address + fragment;
  return (kept.length === 0 ? path : `${path}?${kept.join("&")}`) + fragment;
}
