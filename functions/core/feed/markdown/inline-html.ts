import { escapeText } from "../text/entities.ts";
import { linkAt, referenceAt } from "./inline.ts";
import type { Definitions } from "./lines.ts";
import { bracketPairs } from "./bracket-pairs.ts";

/** Inline Markdown as HTML: code, links, images, emphasis and hard breaks; HTML stays as it is. */
export function inlineHtml(text: string, definitions: Definitions): string {
  const pairs = bracketPairs(text);
  let out = "";
  let plain = "";
  const flush = (): void => {
    out += emphasis(plain);
    plain = "";
  };
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "\\" && /[!-/:-@[-`{-~]/.test(text.charAt(at + 1))) {
      flush();
      out += escapeText(text.charAt(++at));
    } else if (character === "`") {
      const end = text.indexOf("`", at + 1);
      if (end < 0) plain += character;
      else {
        flush();
        out += `<code>${escapeText(text.slice(at + 1, end))}</code>`;
        at = end;
      }
    } else if (character === "[" || (character === "!" && text.charAt(at + 1) === "[")) {
      const from = character === "!" ? at + 1 : at;
      const link = linkAt(text, from, pairs) ?? referenceAt(text, from, pairs, definitions);
      if (link?.address === undefined) plain += character;
      else {
        flush();
        const address = attribute(link.address);
        out +=
          character === "!"
            ? `<img src="${address}" alt="${attribute(link.label)}">`
            : `<a href="${address}">${emphasis(link.label)}</a>`;
        at = link.end - 1;
      }
    } else plain += character;
  }
  flush();
  return out;
}

function emphasis(text: string): string {
  return text
    .replace(/<(https?:\/\/[^\s<>]{1,2000})>/g, '<a href="$1">$1</a>')
    .replace(/(\*\*|__)(?=\S)([^*_\n]{1,1000})\1/g, "<strong>$2</strong>")
    .replace(/(^|[\s(>])([*_])(?=\S)([^*_\n]{1,1000})\2(?=$|[\s).,;:!?<])/g, "$1<em>$3</em>")
    .replace(/(?<! ) {2,}\n|\\\n/g, "<br>\n");
}

function attribute(text: string): string {
  return escapeText(text).replaceAll('"', "&quot;");
}
