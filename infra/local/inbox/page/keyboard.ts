import { byId } from "./dom.ts";
import { mark } from "./read-marks.ts";
import { addressOf, goTo, type Place } from "./route.ts";
import { changed, state } from "./state.ts";

const places: Readonly<Record<string, Place>> = { 1: "inbox", 2: "snapshots", 3: "audiences" };

/** What each key does. Keys with Ctrl, Alt or Meta stay the browser's, and fields keep their letters. */
const keys: Readonly<Record<string, () => void>> = {
  j: () => step(1),
  k: () => step(-1),
  "/": () => byId("search").focus(),
  "?": () => byId("help-dialog", HTMLDialogElement).showModal(),
  m: () => byId("tab-mail").click(),
  t: () => byId("tab-phone").click(),
  u: markUnread,
  Escape: leave,
};

export function listenToKeys(): void {
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    const isField = target instanceof HTMLElement && target.matches("input, select, textarea");
    if (isField && !(key === "Escape" && target.id === "search")) return;
    const action = keys[key] ?? (places[key] && (() => goTo(places[key] ?? "inbox")));
    if (!action) return;
    event.preventDefault();
    action();
  });
}

/** The rows of the list that the place shows. */
function rows(): readonly HTMLAnchorElement[] {
  const list = { inbox: state.channel === "mail" ? "mail-list" : "phone-list", snapshots: "snapshot-list" };
  const { place } = state.route;
  return place === "audiences" ? [] : [...byId(list[place]).querySelectorAll<HTMLAnchorElement>("a.row")];
}

/** Opens the next or previous row; at first the first one. */
function step(by: 1 | -1): void {
  if (state.route.place === "audiences") return stepCards(by);
  const all = rows();
  const current = all.findIndex((row) => row.getAttribute("aria-current") === "true");
  const next = all[current < 0 ? 0 : current + by];
  if (!next) return;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  location.hash = next.hash;
}

function stepCards(by: 1 | -1): void {
  const cards = [...byId("audience-list").querySelectorAll<HTMLElement>(".card")];
  const current = cards.findIndex((card) => card.contains(document.activeElement));
  const next = cards[current < 0 ? 0 : current + by];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "start" });
}

function markUnread(): void {
  const shown = state.messages.filter(({ id }) => id === state.mail);
  if (state.route.place !== "inbox" || state.channel !== "mail" || !mark(shown, "unread")) return;
  // The mail would be read again at once if it stayed open.
  delete state.mail;
  goTo("inbox");
  changed();
}

/** Clears the search, or goes back from a message to its list. */
function leave(): void {
  const search = byId("search", HTMLInputElement);
  if (document.activeElement === search || search.value !== "") {
    search.value = "";
    search.blur();
    state.search = "";
    changed();
    return;
  }
  const { place } = state.route;
  if (state.route.item === "") return;
  const address = addressOf(place, state.route.item);
  goTo(place);
  rows()
    .find((row) => row.hash === address)
    ?.focus();
}
