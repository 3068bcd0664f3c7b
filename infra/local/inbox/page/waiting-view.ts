import type { WaitingView } from "../views.ts";
import { button, element, type Content } from "./dom.ts";
import { keepFocus } from "./focus.ts";
import { counted, timeElement } from "./format.ts";
import { notify, request } from "./notices.ts";

/** Entries that are shown before the reader asks for more. */
const maxShown = 3;

const drawn = new WeakMap<HTMLElement, string>();

/** Shows what waits for an audience; `hasSlots`: the audience has a schedule. */
export function drawWaiting(box: HTMLElement, waiting: WaitingView | undefined, hasSlots: boolean): void {
  const version = `${hasSlots} ${JSON.stringify(waiting)}`;
  if (drawn.get(box) === version) return;
  drawn.set(box, version);
  const open = new Set(
    [...box.querySelectorAll<HTMLElement>("details[open]")].map(({ className }) => className),
  );
  box.hidden = !waiting && !hasSlots;
  keepFocus(box, () => {
    box.replaceChildren(
      ...(waiting ? contentOf(waiting) : [element("p", { class: "soft", text: "No entry waits." })]),
    );
    for (const details of box.querySelectorAll("details")) details.open = open.has(details.className);
  });
}

const contentOf = (waiting: WaitingView): readonly HTMLElement[] => [
  ...(waiting.isPaused || waiting.held > 0 ? [heldOf(waiting)] : []),
  ...(waiting.entries > 0 ? entriesOf(waiting) : []),
];

function heldOf({ audience, isPaused, pausedSince, held, heldSubjects }: WaitingView): HTMLElement {
  const messages = `${counted(held, "message")} ${held === 1 ? "is" : "are"} held back`;
  return element(
    "div",
    { class: "reason wait" },
    element(
      "strong",
      {},
      isPaused ? "Paused" : "Daily limit",
      ...(pausedSince === undefined ? [] : [" since ", timeElement(pausedSince)]),
    ),
    element("p", {
      text: isPaused
        ? `Nothing is published. ${held > 0 ? `${messages} until it is resumed.` : "No message is held back."}`
        : `${messages} until the next day (UTC).`,
    }),
    listOf(
      "held",
      heldSubjects.map((text) => element("li", { text, dir: "auto" })),
      held,
    ),
    isPaused && button("Resume", () => void resume(audience)),
  );
}

export function entriesOf({ entries, since, reasons, newest }: WaitingView): readonly HTMLElement[] {
  const items = newest.map(({ title, feed, language, at }) =>
    element(
      "li",
      { dir: "auto" },
      element("span", { class: "waiting-title", text: title, lang: language }),
      element("span", { class: "soft" }, element("bdi", { text: feed }), " · ", timeElement(at)),
    ),
  );
  const wait = `${counted(entries, "entry", "entries")} ${entries === 1 ? "waits" : "wait"}`;
  return [
    element("h3", {}, wait, ...(since === undefined ? [] : [" since ", timeElement(since)])),
    ...(reasons.length > 0 ? [element("p", { class: "soft", text: reasons.join(" ") })] : []),
    listOf("entries", items, entries),
  ];
}

/** The first items, and the others behind a click. `count`: all, those that are not listed included. */
function listOf(name: "held" | "entries", items: readonly HTMLElement[], count: number): HTMLElement {
  const more = items.slice(maxShown);
  const unlisted = count - items.length;
  const rest: Content[] = [
    more.length > 0 && element("ol", {}, ...more),
    unlisted > 0 && element("p", { class: "soft", text: `and ${counted(unlisted, "more", "more")}` }),
  ];
  return element(
    "div",
    { class: "waiting-list" },
    element("ol", {}, ...items.slice(0, maxShown)),
    more.length > 0
      ? element(
          "details",
          { class: name },
          element("summary", { text: counted(count - maxShown, "more", "more") }),
          ...rest,
        )
      : rest[1],
  );
}

async function resume(audience: string): Promise<void> {
  if (await request("POST", `/api/audiences/${audience}/resume`))
    notify(`${audience} is resumed. What was held back follows within 15 minutes.`);
}
