import { element } from "./dom.ts";

/** A line of a message: a paragraph with a direction of its own and its web addresses as links. */
export function textLine(
  text: string,
  options: { readonly class?: string; readonly lang?: string | undefined } = {},
) {
  const line = element("p", { ...options, dir: "auto" });
  for (const piece of text.split(/(https?:\/\/[^\s<>"'\u2066-\u2069]+)/)) {
    const address = piece.replace(/[.,;:!?。，、；：！？…]+$/u, "");
    if (/^https?:\/\//.test(piece) && URL.canParse(address))
      line.append(webLink(address), piece.slice(address.length));
    else if (piece) line.append(piece);
  }
  return line;
}

function webLink(address: string): HTMLAnchorElement {
  const attributes = { href: address, target: "_blank", rel: "noreferrer noopener" };
  return element("a", { text: address, attributes });
}

/** The lines of a message; those after the line `--` are its footer. */
export function messageLines(text: string, lang: string | undefined): readonly HTMLElement[] {
  let isFooter = false;
  return text
    .trimEnd()
    .split("\n")
    .map((line) => {
      isFooter ||= /^-- ?$/.test(line);
      return textLine(line, isFooter ? { class: "footer" } : { lang });
    });
}

/** The start of a mail without what its subject says already. */
export function startOf(text: string, subject: string): string {
  const [body = ""] = text.split(/\n-- ?\n/);
  const lines = body.split("\n").filter((line) => line.trim() && !plain(subject).startsWith(plain(line)));
  return lines.slice(0, 3).join(" · ");
}

/** Without the isolates that set off texts of another direction. */
const plain = (text: string): string => text.replace(/[\u2066-\u2069]/g, "");
