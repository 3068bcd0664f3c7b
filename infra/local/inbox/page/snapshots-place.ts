import type { SnapshotView, TroubleView } from "../views.ts";
import { byId, element, syncList } from "./dom.ts";
import { counted, timeElement } from "./format.ts";
import { readAllSnapshots } from "./older-snapshots.ts";
import { addressOf } from "./route.ts";
import { row } from "./row.ts";
import { groupOf, itemOf, nameOf, notReadNote, stateChip, textOf } from "./snapshot-facts.ts";
import { drawSnapshot } from "./snapshot-view.ts";
import { changed, matchesSearch, state } from "./state.ts";

const isWide = matchMedia("(min-width: 760px)");

/** Rows that are shown at first and after each click; all at once would make the page slow. */
const rowsAtOnce = 500;

let maxRows = rowsAtOnce;

/** The item of an address for which all snapshots were read. */
let sought = "";

export function drawSnapshots(): void {
  const all = state.snapshots;
  const shown = (all ?? []).filter(
    (snapshot) =>
      (state.snapshotState === "" || groupOf(snapshot) === state.snapshotState) &&
      matchesSearch(snapshot.key, snapshot.feed ?? "", snapshot.reason ?? "", textOf(snapshot)),
  );
  const item = state.route.place === "snapshots" ? state.route.item : "";
  const [newest] = shown;
  const chosen = (all ?? []).find((snapshot) => itemOf(snapshot) === item);
  const current = chosen ?? (isWide.matches ? newest : undefined);
  if (state.route.place === "snapshots") document.body.dataset["view"] = chosen ? "snapshot" : "list";
  syncList<SnapshotView>(byId("snapshot-list"), shown.slice(0, maxRows), {
    key: itemOf,
    version: (snapshot) => `${JSON.stringify(snapshot)} ${snapshot === current}`,
    make: (snapshot) => snapshotRow(snapshot, snapshot === current),
  });
  drawMore(shown.length);
  // The address of an older one.
  if (item !== "" && all && !chosen && isCut() && item !== sought) {
    sought = item;
    void readAllSnapshots();
  }
  drawTroubles();
  const nothing = byId("no-snapshots");
  nothing.hidden = shown.length > 0;
  nothing.textContent = nothingText(all?.length);
  byId("snapshots").dataset["empty"] = String(all?.length === 0);
  if (state.route.place === "snapshots") drawSnapshot(current, shown.length > 0);
}

function nothingText(count: number | undefined): string {
  if (count === undefined) return "Loading…";
  return count === 0
    ? "No snapshots yet. Upload a feed file, or drop it anywhere on this page."
    : "No snapshot matches the search and filters.";
}

function snapshotRow(snapshot: SnapshotView, isCurrent: boolean): HTMLElement {
  const { feed, at, reason } = snapshot;
  return row(
    addressOf("snapshots", itemOf(snapshot)),
    { isCurrent },
    element("span", { class: "row-top" }, stateChip(snapshot), timeElement(at)),
    element(
      "span",
      { class: "row-title" },
      feed !== undefined && element("bdi", { class: "row-feed", text: feed }),
      " ",
      element("bdi", { class: feed === undefined ? "" : "soft", text: nameOf(snapshot) }),
    ),
    element("span", { class: "row-text", text: reason ?? foundText(snapshot), dir: "auto" }),
  );
}

/** Whether the page has the newest snapshots only. */
const isCut = (): boolean => (state.totals?.snapshots ?? 0) > (state.snapshots?.length ?? 0);

/** Says which snapshots are not in the list, and offers them. `matching`: those that match the search and filter. */
function drawMore(matching: number): void {
  const isChosen = state.search !== "" || state.snapshotState !== "";
  const loaded = state.snapshots?.length ?? 0;
  const total = Math.max(loaded, state.totals?.snapshots ?? 0);
  const count = isChosen ? matching : total;
  const listed = Math.min(maxRows, matching);
  const isUnsearched = isChosen && isCut();
  const of = (part: number, all: number) =>
    `The newest ${part.toLocaleString("en")} of ${all.toLocaleString("en")}`;
  byId("more-snapshots").hidden = count <= listed && !isUnsearched;
  byId("show-more").hidden = count <= listed;
  byId("search-all").hidden = !isUnsearched;
  byId("search-all").textContent = `Search all ${total.toLocaleString("en")}`;
  byId("more-text").textContent = [
    ...(count > listed ? [`${of(listed, count)} ${isChosen ? "that match" : "snapshots"} are shown.`] : []),
    ...(isUnsearched ? [`${of(loaded, total)} snapshots were searched.`] : []),
  ].join(" ");
}

/** `2 new, 30 known`; why there are no counts where the snapshot was not read. */
function foundText(snapshot: SnapshotView): string {
  const { counts } = snapshot;
  const note = notReadNote(snapshot);
  if (note !== undefined) return note;
  const some = (["new", "known", "skipped", "rejected"] as const).filter((name) => counts[name] > 0);
  if (some.length === 0) return "no entries";
  return some.map((name) => `${counts[name].toLocaleString("en")} ${name}`).join(", ");
}

/** Failures that belong to no snapshot of the list: quarantined messages, dead letters of the outbox. */
function drawTroubles(): void {
  const keys = new Set((state.snapshots ?? []).map(({ key }) => key.replace(/^snapshots\//, "")));
  const others = state.troubles.filter(({ key }) => !keys.has(key.replace(/^(quarantine|snapshots)\//, "")));
  const unlisted = (state.totals?.troubles ?? 0) - state.troubles.length;
  byId("trouble-list").hidden = others.length === 0;
  syncList<TroubleView | number>(byId("trouble-list"), unlisted > 0 ? [...others, unlisted] : others, {
    key: (item) => (typeof item === "number" ? "more" : item.id),
    version: (item) => (typeof item === "number" ? String(item) : ""),
    make: (item) => (typeof item === "number" ? moreTroubles(item) : troubleRow(item)),
  });
}

const troubleRow = ({ key, code, reason }: TroubleView): HTMLElement =>
  element(
    "li",
    {},
    element("strong", { text: code }),
    element("bdi", { text: key }),
    element("p", { text: reason, dir: "auto" }),
  );

const moreTroubles = (count: number): HTMLElement =>
  element(
    "li",
    {},
    `and ${counted(count, "more", "more")}: `,
    element("code", { text: "npx feedbell quarantine list" }),
  );

/** The number of snapshots that failed. */
export const countFailed = (): number => state.totals?.failed ?? 0;

export function listenToSnapshots(): void {
  byId("filter-state", HTMLSelectElement).addEventListener("change", ({ target }) => {
    state.snapshotState = (target as HTMLSelectElement).value;
    changed();
  });
  byId("show-more").addEventListener("click", () => {
    maxRows += rowsAtOnce;
    if (maxRows > (state.snapshots?.length ?? 0) && isCut()) void readAllSnapshots();
    changed();
  });
  byId("search-all").addEventListener("click", () => void readAllSnapshots());
  isWide.addEventListener("change", changed);
}
