import type { CheerioAPI } from "cheerio/slim";

export type Nodes = ReturnType<CheerioAPI>;

/**
 * The elements inside an element that a selector matches, in order. Cheerio's own `find` compares an element's children
 * with each other first, which takes minutes for a hundred thousand.
 */
export function within(outer: Nodes, selector: string, $: CheerioAPI): Nodes {
  const ahead = outer.contents().toArray().toReversed();
  const found: typeof ahead = [];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (!("children" in node)) continue;
    if ("attribs" in node) found.push(node);
    for (let at = node.children.length - 1; at >= 0; at--) {
      const child = node.children[at];
      if (child !== undefined) ahead.push(child);
    }
  }
  return $(found).filter(selector) as Nodes;
}

/** The text of the attribute or element with the time; undefined if there is no element. */
export function time(node: Nodes): string | undefined {
  return (
    node.attr("datetime") ??
    node.attr("content") ??
    node.attr("title") ??
    (node.length === 0 ? undefined : node.text())
  );
}

/** The sources of elements. */
export function texts(nodes: Nodes, $: CheerioAPI, html: string): readonly string[] {
  return nodes.toArray().map((node) => inner($(node), html) ?? "");
}

/** The source between an element's tags; cut from the page, not serialized from its tree. */
export function inner(nodes: Nodes, html: string): string | undefined {
  const node = nodes.get(0);
  if (node === undefined || !("children" in node)) return undefined;
  const first = node.children.at(0);
  const last = node.children.at(-1);
  if (
    first?.startIndex === null ||
    first?.startIndex === undefined ||
    last?.endIndex === null ||
    last?.endIndex === undefined
  )
    return undefined;
  return html.slice(first.startIndex, last.endIndex + 1);
}

/** An attribute's text as HTML. */
export function escaped(text: string | undefined): string | undefined {
  return text?.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
