import { Parser } from "htmlparser2";

type Content = string | number | boolean | readonly string[];

const named: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};

// oxlint-disable-next-line no-control-regex -- these are what XML 1.0 forbids
const special = /[&<>"\r]|[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Text as XML character data; control characters that XML 1.0 forbids become U+FFFD. */
export const escapeXml = (text: string): string =>
  text.replace(special, (character) => named[character] ?? "\ufffd");

/** An element that holds text. */
export const leaf = (name: string, content: Content): string =>
  `<${name}>${escapeXml(String(content))}</${name}>`;

/** An element that holds elements, each already serialized. */
export const element = (name: string, ...children: readonly string[]): string =>
  `<${name}>${children.join("")}</${name}>`;

/** A whole S3 answer in its namespace. */
export const xmlDocument = (name: string, ...children: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${children.join("")}</${name}>`;

/** The texts of the children of every element `parent` in a request's XML, by their names, in document order. */
export function readElements(xml: string, parent: string): Map<string, string>[] {
  const found: Map<string, string>[] = [];
  const open: string[] = [];
  const parser = new Parser(
    {
      onopentag(name) {
        if (name === parent) found.push(new Map());
        open.push(name);
      },
      ontext(text) {
        const child = open.at(-1);
        const texts = open.at(-2) === parent ? found.at(-1) : undefined;
        if (child !== undefined) texts?.set(child, (texts.get(child) ?? "") + text);
      },
      onclosetag() {
        open.pop();
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return found;
}
