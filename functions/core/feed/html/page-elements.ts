import type { DomHandler } from "htmlparser2";

/** A node of a page's tree. */
export type PageNode = DomHandler["dom"][number];
export type PageElement = Extract<PageNode, { attribs: unknown }>;

export function isElement(node: unknown): node is PageElement {
  return typeof node === "object" && node !== null && "attribs" in node;
}

const unread = new Set(
  "script style noscript template nav aside footer form select button iframe svg canvas object dialog menu".split(
    " ",
  ),
);
/** Words in the class or id of what is not the text: menus, comments, advertisements, links to other articles. */
const unreadClass =
  /(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|crumbs?|comments?|share|sharing|social|related|recommend(?:ed|ations?)?|more-news|read-?(?:also|more|next)|see-also|promo|teasers?|banner|advert(?:isement)?|ads?|sponsor(?:ed)?|sidebar|footer|foot|copyright|cookies?|consent|newsletter|subscribe|subscription|popup|modal|login|signup|paywall|tags?|pager|pagination|toolbar|skip-link|widget)(?:$|[\s_-])/i;
/** Words in the class or id of a text's container, even next to one of the above. */
const textClass =
  /(?:^|[\s_-])(?:article-?(?:body|content|text)|post-?(?:body|content|text)|entry-content|story-?body)(?:$|[\s_-])/i;

/** Whether an element is a part of the page that belongs to no article's text. */
export function isAside({ name, attribs }: PageElement): boolean {
  if (unread.has(name) || attribs["hidden"] !== undefined || attribs["aria-hidden"] === "true") return true;
  if (name === "body" || name === "html" || name === "article" || name === "main") return false;
  if (/^(?:navigation|banner|complementary|contentinfo|search)$/i.test(attribs["role"] ?? "")) return true;
  const words = `${attribs["class"] ?? ""} ${attribs["id"] ?? ""}`.slice(0, 500);
  return unreadClass.test(words) && !textClass.test(words);
}

/** The source of an element's inside without the parts that belong to no article's text and those that `isUnwanted` names. */
export function textSource(
  element: PageElement,
  html: string,
  isUnwanted: (inner: PageElement) => boolean = () => false,
): string {
  let out = "";
  let from = element.children[0]?.startIndex ?? 0;
  const last = element.children.at(-1)?.endIndex ?? -1;
  const ahead: PageNode[] = element.children.toReversed();
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (!isElement(node)) continue;
    if (isAside(node) || isUnwanted(node)) {
      out += html.slice(from, node.startIndex ?? from);
      from = (node.endIndex ?? from) + 1;
    } else for (let at = node.children.length - 1; at >= 0; at--) ahead.push(node.children[at] as PageNode);
  }
  return out + html.slice(from, last + 1);
}
