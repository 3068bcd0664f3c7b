import { escapeText } from "./entities.ts";
import { linkAt } from "./markdown-inline.ts";

const markup =
  /<(?:p|div|br|img|span|ul|ol|table|blockquote|figure|h[1-6]|a|em|strong|b|i|small|section|article)(?=[\s>/])[^<>]*>/i;
const blockTag =
  /^ {0,3}<\/?(?:p|div|ul|ol|li|table|blockquote|figure|figcaption|h[1-6]|hr|section|article|pre|img|br|script|style|iframe|video|audio)(?=[\s>/])/i;

/**
 * The body of a Markdown snapshot as HTML: HTML stays as it is, Markdown's paragraphs, headings, lists, quotes, code,
 * links, images and emphasis (the CommonMark constructs that news texts use) become HTML. Linear, without recursion.
 */
export function markdownToHtml(body: string): string {
  const text = body.replaceAll("\r\n", "\n").trim();
  if (isHtml(text)) return text;
  const out: string[] = [];
  let paragraph: string[] = [];
  let list: { tag: string; items: string[] } | undefined;
  const flush = (): void => {
    if (paragraph.length > 0) out.push(`<p>${inline(paragraph.join("\n"))}</p>`);
    paragraph = [];
    if (list !== undefined)
      out.push(`<${list.tag}>${list.items.map((item) => `<li>${inline(item)}</li>`).join("")}</${list.tag}>`);
    list = undefined;
  };
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const fence = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    const heading = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/.exec(line);
    const item = /^ {0,3}(?:([-+*])|\d{1,9}[.)])[ \t]+(\S.*)$/.exec(line);
    if (fence !== undefined) {
      flush();
      const code: string[] = [];
      while (++at < lines.length && !(lines[at] ?? "").trimStart().startsWith(fence))
        code.push(lines[at] ?? "");
      out.push(`<pre><code>${escapeText(code.join("\n"))}</code></pre>`);
    } else if (line.trim() === "") flush();
    else if (heading !== null) {
      flush();
      const level = heading[1]?.length ?? 1;
      out.push(`<h${level}>${inline((heading[2] ?? "").replace(/[ \t]+#+[ \t]*$/, ""))}</h${level}>`);
    } else if (paragraph.length > 0 && /^ {0,3}(?:={2,}|-{2,})[ \t]*$/.test(line)) {
      const level = line.trim().startsWith("=") ? 1 : 2;
      out.push(`<h${level}>${inline(paragraph.join(" "))}</h${level}>`);
      paragraph = [];
    } else if (/^ {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$/.test(line)) {
      flush();
      out.push("<hr>");
    } else if (/^ {0,3}>/.test(line)) {
      flush();
      const quoted: string[] = [];
      for (; at < lines.length && /^ {0,3}>/.test(lines[at] ?? ""); at++)
        quoted.push((lines[at] ?? "").replace(/^ {0,3}> ?/, ""));
      at--;
      out.push(
        `<blockquote><p>${inline(quoted.join("\n").replace(/\n{2,}/g, "</p>\n<p>"))}</p></blockquote>`,
      );
    } else if (item !== null) {
      const tag = item[1] === undefined ? "ol" : "ul";
      if (list?.tag !== tag || paragraph.length > 0) flush();
      list ??= { tag, items: [] };
      list.items.push(item[2] ?? "");
    } else if (blockTag.test(line)) {
      flush();
      out.push(line);
    } else if (list !== undefined) list.items.push(`${list.items.pop() ?? ""}\n${line.trim()}`);
    else paragraph.push(line);
  }
  flush();
  return out.join("\n");
}

/** A body that has block markup and no sign of Markdown's own blocks. */
function isHtml(text: string): boolean {
  if (!markup.test(text)) return false;
  return text.startsWith("<") || !/^(?: {0,3}#{1,6}[ \t]| {0,3}[-+*] |\s*>|```)|\]\(|\*\*/m.test(text);
}

function inline(text: string): string {
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
      const link = linkAt(text, character === "!" ? at + 1 : at);
      if (link === undefined) plain += character;
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
    .replace(/(?: {2,}|\\)\n/g, "<br>\n");
}

function attribute(text: string): string {
  return escapeText(text).replaceAll('"', "&quot;");
}
