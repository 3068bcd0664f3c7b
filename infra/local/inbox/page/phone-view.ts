import type { MessageView } from "../views.ts";
import { byId, element, syncList } from "./dom.ts";
import type { Telephone } from "./inbox-list.ts";
import { counted, dollars, timeElement } from "./format.ts";
import { backLink } from "./mail-view.ts";
import { publishedView } from "./published-view.ts";
import { addressOf, goTo } from "./route.ts";
import { state } from "./state.ts";
import { textLine } from "./text-lines.ts";

let shown: string | undefined;

/** Shows a telephone: its messages oldest first, as on a real one, and the other numbers to choose from. */
export function drawPhone(telephone: Telephone | undefined, all: readonly Telephone[]): void {
  const pane = byId("phone");
  if (pane.childElementCount === 0) pane.append(...frame());
  const screen = byId("phone-screen");
  const isOther = telephone?.number !== shown;
  const wasAtEnd = screen.scrollHeight - screen.scrollTop - screen.clientHeight < 40;
  shown = telephone?.number;
  drawNumbers(telephone, all);
  const messages = telephone?.messages ?? [];
  syncList(byId("phone-messages"), messages, {
    key: ({ id }) => String(id),
    version: () => "",
    make: bubble,
  });
  const nothing = byId("phone-nothing");
  nothing.hidden = messages.length > 0;
  nothing.textContent = state.isComplete ? "No text messages." : "";
  byId("phone-total").textContent = messages.length > 0 ? total(messages) : "";
  // A new message is in view unless its reader is looking at older ones.
  if (isOther || wasAtEnd) screen.scrollTop = screen.scrollHeight;
}

function frame(): readonly HTMLElement[] {
  const pick = element("select", { attributes: { id: "phone-number" } });
  pick.addEventListener("change", () => goTo("inbox", `phone/${pick.value}`));
  return [
    backLink("Telephones", addressOf("inbox")),
    element(
      "div",
      { class: "device" },
      element(
        "div",
        { class: "device-head" },
        element("label", {}, element("span", { class: "hidden", text: "Telephone number" }), pick),
        element("p", { class: "soft", attributes: { id: "phone-total" } }),
      ),
      element(
        "div",
        {
          class: "device-screen",
          attributes: {
            id: "phone-screen",
            tabindex: "0",
            role: "region",
            "aria-label": "Text messages, oldest first",
          },
        },
        element("ol", { class: "bubbles", attributes: { id: "phone-messages" } }),
        element("p", { class: "nothing", attributes: { id: "phone-nothing" } }),
      ),
    ),
  ];
}

function drawNumbers(telephone: Telephone | undefined, all: readonly Telephone[]): void {
  const pick = byId("phone-number", HTMLSelectElement);
  const numbers = all.map(({ number }) => number).sort();
  const now = [...pick.options].map(({ value }) => value);
  if (now.join() !== numbers.join())
    pick.replaceChildren(...numbers.map((number) => new Option(number, number)));
  pick.hidden = numbers.length === 0;
  if (telephone) pick.value = telephone.number;
}

function total(messages: readonly MessageView[]): string {
  const sum = (values: readonly (number | undefined)[]) =>
    values.reduce<number>((all, value = 0) => all + value, 0);
  const parts = sum(messages.map(({ parts }) => parts));
  const price = sum(messages.map(({ price }) => price));
  return `${counted(messages.length, "message")} · ${counted(parts, "part")} · about ${dollars(price)}`;
}

function bubble(message: MessageView): HTMLElement {
  const { text, at, parts = 1, encoding = "", price = 0, published, language, audience } = message;
  return element(
    "li",
    {},
    element(
      "p",
      { class: "bubble-time" },
      element("span", { class: "tag", text: audience }),
      timeElement(at),
    ),
    element("div", { class: "bubble", lang: language }, ...text.split("\n").map((line) => textLine(line))),
    element("p", {
      class: "bubble-note",
      text: `${counted(parts, "part")} · ${encoding} · about ${dollars(price)}`,
    }),
    publishedView(published),
  );
}
