import { drawAudiences } from "./audiences-place.ts";
import { byId } from "./dom.ts";
import { countUnread, drawInbox, listenToInbox } from "./inbox-place.ts";
import { listenToKeys } from "./keyboard.ts";
import { openReadMarks } from "./read-marks.ts";
import { notify } from "./notices.ts";
import { readRoute } from "./route.ts";
import { countFailed, drawSnapshots, listenToSnapshots } from "./snapshots-place.ts";
import { changed, onChange, state } from "./state.ts";
import { connect, fetchHints } from "./updates.ts";
import { listenToUploads } from "./upload.ts";

/** Screens that show either a list or what was opened from it. */
const isNarrow = matchMedia("(max-width: 759.9px)");

/** What the page showed in the last frame. */
let before = { view: "list", hash: location.hash };

/** Where a message replaces the list, the focus goes to the message, and back to its row. */
function moveFocus(): void {
  const { view = "list" } = document.body.dataset;
  const { hash } = location;
  const last = before;
  before = { view, hash };
  const isOpened = view !== last.view && hash !== last.hash;
  if (!isOpened || !isNarrow.matches || document.activeElement instanceof HTMLInputElement) return;
  const row = `main:not([hidden]) a.row[href="${CSS.escape(last.hash)}"]`;
  const target = view === "list" ? document.querySelector<HTMLElement>(row) : byId(view);
  target?.focus({ preventScroll: view !== "list" });
}

/** Draws the page. Where that hides or removes what had the focus, the place gets it. */
function draw(): void {
  const focused = document.activeElement;
  drawAll();
  const isLost = document.activeElement === document.body || !document.activeElement?.checkVisibility();
  if (focused !== document.body && isLost) byId(state.route.place).focus({ preventScroll: true });
}

function drawAll(): void {
  // A changed address is announced in a later task: until then what was chosen since must not be undone.
  state.route = readRoute();
  const { place } = state.route;
  document.body.dataset["place"] = place;
  for (const section of document.querySelectorAll<HTMLElement>("main")) section.hidden = section.id !== place;
  for (const link of document.querySelectorAll<HTMLElement>(".places a")) {
    if (link.dataset["place"] === place) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const connection = byId("connection");
  if (connection.dataset["state"] !== state.connection) {
    connection.dataset["state"] = state.connection;
    connection.textContent = state.connection;
  }
  byId("lost").hidden = state.connection !== "lost";
  if (place === "inbox") drawInbox();
  if (place === "snapshots") drawSnapshots();
  if (place === "audiences") drawAudiences();
  moveFocus();
  drawBadges();
}

function drawBadges(): void {
  const pending = (state.audiences ?? [])
    .flatMap(({ subscribers }) => subscribers)
    .filter(({ isConfirmed }) => !isConfirmed).length;
  const unread = countUnread();
  const counts = {
    inbox: [unread, "unread"],
    snapshots: [countFailed(), "failed"],
    audiences: [pending, "not confirmed"],
  } as const;
  for (const [place, [count, what]] of Object.entries(counts)) {
    const badge = byId(`badge-${place}`);
    badge.hidden = count === 0;
    badge.textContent = count > 999 ? "999+" : String(count);
    badge.title = `${count} ${what}`;
  }
  document.title = unread > 0 ? `(${unread}) feedbell` : "feedbell";
}

function listenToPage(): void {
  let { place } = state.route;
  addEventListener("hashchange", () => {
    state.route = readRoute();
    changed();
    const last = place;
    place = state.route.place;
    // The search belongs to a place.
    if (last !== place && state.search !== "") {
      state.search = "";
      byId("search", HTMLInputElement).value = "";
    }
  });
  byId("search", HTMLInputElement).addEventListener("input", ({ target }) => {
    state.search = (target as HTMLInputElement).value.trim();
    changed();
  });
  byId("help-button").addEventListener("click", () => byId("help-dialog", HTMLDialogElement).showModal());
  for (const closer of document.querySelectorAll("[data-close]"))
    closer.addEventListener("click", () => closer.closest("dialog")?.close());
  for (const copier of document.querySelectorAll<HTMLElement>("[data-copy]"))
    copier.addEventListener("click", () => void copy(byId(copier.dataset["copy"] ?? "").textContent));
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify("Copied.");
  } catch {
    notify("The browser does not allow copying: select the text.", "bad");
  }
}

/** Milliseconds after which relative times are written again. */
const redrawEvery = 30_000;

async function start(): Promise<void> {
  onChange(draw);
  listenToPage();
  listenToInbox();
  listenToSnapshots();
  listenToUploads();
  listenToKeys();
  draw();
  // "in 3 hours"
  setInterval(changed, redrawEvery);
  const hints = await fetchHints();
  if (hints) {
    const { pid, drop, upload } = hints;
    byId("hint-drop").textContent = drop;
    byId("hint-upload").textContent = upload;
    openReadMarks(`${location.host} ${pid}`);
  }
  connect(hints?.pid);
}

await start();
