import type { MessageView } from "../views.ts";
import { byId, element, icon, type Content } from "./dom.ts";
import { keepFocus } from "./focus.ts";
import { timeElement } from "./format.ts";
import { publishedView } from "./published-view.ts";
import { addressOf } from "./route.ts";
import { messageLines } from "./text-lines.ts";

let shown: string | undefined;

/** Shows a mail in the reading pane, or the text `nothing`. */
export function drawMail(message: MessageView | undefined, nothing: string): void {
  const version = message ? String(message.id) : nothing;
  if (version === shown && byId("mail").childElementCount > 0) return;
  shown = version;
  const pane = byId("mail");
  pane.scrollTop = 0;
  keepFocus(pane, () =>
    pane.replaceChildren(
      backLink("Inbox", addressOf("inbox")),
      ...(message ? contentOf(message) : [element("p", { class: "nothing", text: nothing })]),
    ),
  );
}

function contentOf(message: MessageView): readonly HTMLElement[] {
  const { subject, to, audience, feeds, at, language, text, raw, published } = message;
  const details = publishedView(published);
  const source =
    raw !== undefined &&
    element(
      "a",
      { class: "button", attributes: { href: raw, target: "_blank", rel: "noreferrer noopener" } },
      icon("open"),
      "Source",
    );
  return [
    element(
      "header",
      { class: "mail-head" },
      element("h2", { text: subject, dir: "auto", lang: language }),
      element(
        "dl",
        { class: "facts" },
        fact("To", to),
        fact("Audience", element("span", { class: "tag", text: audience })),
        feeds.length > 0 && fact(feeds.length === 1 ? "Feed" : "Feeds", feeds.join(", ")),
        fact("Received", timeElement(at, true)),
        source &&
          element(
            "div",
            { class: "fact-end" },
            element("dt", { class: "hidden", text: "Bytes" }),
            element("dd", {}, source),
          ),
      ),
    ),
    element("div", { class: "mail-text" }, ...messageLines(text, language)),
    ...(details ? [details] : []),
  ];
}

export const fact = (name: string, value: Content): HTMLElement =>
  element("div", {}, element("dt", { text: name }), element("dd", { dir: "auto" }, value));

/** The way back to the list, on screens that show one of the two. */
export const backLink = (text: string, href: string): HTMLElement =>
  element("a", { class: "back", attributes: { href } }, icon("back"), text);
