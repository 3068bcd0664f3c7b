import { Parser } from "htmlparser2";

type Content = string | number | boolean | readonly string[];

const named: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};

// oxlint-disable-next-line no-control-regex -- XML 1.0 forbids these control characters
const special = /[&<>"\r]|[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Escapes text as XML character data; replaces control characters that XML 1.0 forbids by U+FFFD. */
export const escapeXml = (text: string): string =>
  text.replace(special, (character) => named[character] ?? "\ufffd");

/** Serializes an element with text content. */
export const leaf = (name: string, content: Content): string =>
  `<${name}>${escapeXml(String(content))}</${name}>`;

/** Serializes an element with serialized child elements. */
export const element = (name: string, ...children: readonly string[]): string =>
  `<${name}>${children.join("")}</${name}>`;

/** Serializes an S3 response document in its namespace. */
export const xmlDocument = (name: string, ...children: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${children.join("")}</${name}>`;

/** Returns, for every element `parent` of an XML document, the texts of its children by name. */
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
