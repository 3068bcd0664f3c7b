import type { SnapshotView } from "../views.ts";
import { element } from "./dom.ts";

/** How a state is shown, and the group in which the filter finds it. */
const states: Readonly<
  Record<SnapshotView["state"], { readonly text: string; readonly kind: string; readonly group: string }>
> = {
  queued: { text: "queued", kind: "wait", group: "waiting" },
  retrying: { text: "will retry", kind: "wait", group: "waiting" },
  done: { text: "done", kind: "good", group: "done" },
  unchanged: { text: "unchanged", kind: "", group: "done" },
  quarantined: { text: "quarantined", kind: "bad", group: "failed" },
  "dead-letter": { text: "dead letter", kind: "bad", group: "failed" },
};

/** An item's part of the address: the version, and the key, because versions may be `null`. */
export const itemOf = ({ key, version }: Pick<SnapshotView, "key" | "version">): string =>
  `${version}/${key}`;

/** `1.xml` of `snapshots/voa/1.xml`. */
export function nameOf({ key, feed }: Pick<SnapshotView, "key" | "feed">): string {
  const path = key.replace(/^snapshots\//, "");
  return feed !== undefined && path.startsWith(`${feed}/`) ? path.slice(feed.length + 1) : path;
}

export const textOf = ({ state }: SnapshotView): string => states[state].text;

/** `failed`, `waiting` or `done`. */
export const groupOf = ({ state }: SnapshotView): string => states[state].group;

/** Why a snapshot has no counts; `undefined` for one that was read. */
export const notReadNote = ({ state }: SnapshotView): string | undefined =>
  state === "unchanged" ? "the same content as before" : state === "queued" ? "not read yet" : undefined;

export const stateChip = ({ state }: SnapshotView): HTMLElement =>
  element("span", { class: `chip ${states[state].kind}`, text: states[state].text });
