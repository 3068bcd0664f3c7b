import type { SnapshotView, TroubleView } from "../views.ts";
import { byId, element, syncList } from "./dom.ts";
import { timeElement } from "./format.ts";
import { addressOf } from "./route.ts";
import { row } from "./row.ts";
import { groupOf, itemOf, nameOf, stateChip, textOf } from "./snapshot-facts.ts";
import { drawSnapshot } from "./snapshot-view.ts";
import { changed, matchesSearch, state } from "./state.ts";

const isWide = matchMedia("(min-width: 760px)");

/** Maximum number of rows; more would make the page slow. */
const maxRows = 500;

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
  byId("more-snapshots").hidden = shown.length <= maxRows;
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
    element("span", { class: "row-text", text: reason ?? countsText(snapshot), dir: "auto" }),
  );
}

/** `2 new, 30 known`. */
function countsText({ counts, state }: SnapshotView): string {
  if (state === "queued") return "not read yet";
  const some = (["new", "known", "skipped", "rejected"] as const).filter((name) => counts[name] > 0);
  if (some.length === 0) return "no entries";
  return some.map((name) => `${counts[name].toLocaleString("en")} ${name}`).join(", ");
}

/** Failures that belong to no snapshot of the list: quarantined messages, dead letters of the outbox. */
function drawTroubles(): void {
  const keys = new Set((state.snapshots ?? []).map(({ key }) => key.replace(/^snapshots\//, "")));
  const others = state.troubles.filter(({ key }) => !keys.has(key.replace(/^(quarantine|snapshots)\//, "")));
  byId("trouble-list").hidden = others.length === 0;
  syncList<TroubleView>(byId("trouble-list"), others, {
    key: ({ id }) => id,
    version: () => "",
    make: ({ key, code, reason }) =>
      element(
        "li",
        {},
        element("strong", { text: code }),
        element("bdi", { text: key }),
        element("p", { text: reason, dir: "auto" }),
      ),
  });
}

/** The number of snapshots and messages that failed. */
export const countFailed = (): number =>
  (state.snapshots ?? []).filter((snapshot) => groupOf(snapshot) === "failed").length;

export function listenToSnapshots(): void {
  byId("filter-state", HTMLSelectElement).addEventListener("change", ({ target }) => {
    state.snapshotState = (target as HTMLSelectElement).value;
    changed();
  });
  isWide.addEventListener("change", changed);
}
