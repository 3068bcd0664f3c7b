import { element, type Content } from "./dom.ts";

/** A row: a link to what it shows. */
export function row(
  address: string,
  marks: { readonly isCurrent: boolean; readonly isUnread?: boolean },
  ...children: readonly Content[]
): HTMLLIElement {
  const link = element(
    "a",
    { class: marks.isUnread ? "row unread" : "row", attributes: { href: address } },
    ...children,
  );
  if (marks.isCurrent) link.setAttribute("aria-current", "true");
  return element("li", {}, link);
}
