import type { SnapshotView } from "../views.ts";
import { itemOf } from "./snapshot-facts.ts";
import { changed, state } from "./state.ts";

/** Milliseconds between two reads of all snapshots. */
const readEvery = 5_000;

let newest: readonly SnapshotView[] = [];
/** All snapshots when they were read last; none until the reader asks for them. */
let whole: readonly SnapshotView[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

/** Takes the newest snapshots of an update. */
export function takeNewest(snapshots: readonly SnapshotView[]): void {
  newest = snapshots;
  merge();
}

/** Reads the snapshots that updates leave out, and from then on again every few seconds while the page is seen. */
export async function readAllSnapshots(): Promise<void> {
  clearTimeout(timer);
  timer = setTimeout(() => void readAllSnapshots(), readEvery);
  if (document.visibilityState === "hidden") return;
  const response = await fetch("/api/snapshots").catch(() => undefined);
  if (!response?.ok) return;
  whole = (await response.json()) as readonly SnapshotView[];
  merge();
  changed();
}

function merge(): void {
  const items = new Set(newest.map(itemOf));
  state.snapshots = [...newest, ...whole.filter((snapshot) => !items.has(itemOf(snapshot)))];
}
