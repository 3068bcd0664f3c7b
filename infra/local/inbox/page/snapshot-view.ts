import type { SnapshotView } from "../views.ts";
import { button, byId, element, icon } from "./dom.ts";
import { keepFocus } from "./focus.ts";
import { timeElement } from "./format.ts";
import { backLink, fact } from "./mail-view.ts";
import { notify, request } from "./notices.ts";
import { addressOf } from "./route.ts";
import { itemOf, nameOf, notReadNote, stateChip } from "./snapshot-facts.ts";

let shown = "";
let previewed = "";

/**
 * Shows a snapshot: what was decided about it, and the preview of its messages. Without one, it asks to select one, if
 * there are any (`hasSome`).
 */
export function drawSnapshot(snapshot: SnapshotView | undefined, hasSome: boolean): void {
  const version = JSON.stringify(snapshot) ?? `none of ${hasSome}`;
  if (version === shown) return;
  shown = version;
  const pane = byId("snapshot");
  if (!snapshot) {
    previewed = "";
    const text = hasSome ? "Select a snapshot to see what became of it." : "";
    keepFocus(pane, () => pane.replaceChildren(element("p", { class: "nothing", text })));
    return;
  }
  // The preview of the same snapshot stays: it would load again.
  const item = itemOf(snapshot);
  const old = item === previewed ? pane.querySelector(".preview") : undefined;
  previewed = item;
  keepFocus(pane, () => {
    if (old) {
      for (const other of [...pane.children].filter((child) => child !== old)) other.remove();
      old.before(...headOf(snapshot));
    } else pane.replaceChildren(...headOf(snapshot), previewOf(snapshot));
  });
}

function headOf(snapshot: SnapshotView): readonly HTMLElement[] {
  const { key, version, feed, at, counts, reason } = snapshot;
  const note = notReadNote(snapshot);
  return [
    backLink("Snapshots", addressOf("snapshots")),
    element(
      "header",
      { class: "snapshot-head" },
      element(
        "div",
        { class: "title-line" },
        element("h2", { text: feed ?? nameOf(snapshot), dir: "auto" }),
        stateChip(snapshot),
      ),
      element(
        "dl",
        { class: "facts" },
        fact("Key", element("code", { text: key })),
        fact("Uploaded", timeElement(at, true)),
      ),
      note === undefined &&
        element(
          "dl",
          { class: "tiles" },
          ...(["entries", "new", "known", "skipped", "rejected"] as const).map((name) =>
            element(
              "div",
              { class: counts[name] === 0 ? "zero" : "" },
              element("dt", { text: name }),
              element("dd", { text: counts[name].toLocaleString("en") }),
            ),
          ),
        ),
      note !== undefined &&
        element("p", { class: "soft", text: `${note.charAt(0).toUpperCase()}${note.slice(1)}.` }),
      reason !== undefined && reasonOf(snapshot, reason),
      element(
        "p",
        { class: "buttons" },
        button("Replay", () => void replay(snapshot), { icon: "replay" }),
        element(
          "a",
          {
            class: "button",
            attributes: { href: previewPath({ key, version }), target: "_blank", rel: "noopener" },
          },
          icon("open"),
          "Preview in a tab",
        ),
      ),
    ),
  ];
}

function reasonOf({ state }: SnapshotView, reason: string): HTMLElement {
  const [code = "", ...rest] = reason.split(": ");
  return element(
    "div",
    { class: state === "retrying" ? "reason wait" : "reason" },
    element("strong", { text: code }),
    element("p", { text: rest.join(": "), dir: "auto" }),
  );
}

const previewPath = (version: Pick<SnapshotView, "key" | "version">): string =>
  `/api/snapshots/preview?${new URLSearchParams({ key: version.key, version: version.version })}`;

function previewOf(snapshot: SnapshotView): HTMLElement {
  const attributes = {
    src: previewPath(snapshot),
    title: `Preview of ${nameOf(snapshot)}`,
    // The preview is inert already; this holds even if its own policy is lost.
    sandbox: "",
    loading: "lazy",
  };
  return element(
    "section",
    { class: "preview" },
    element("h3", { text: "Preview, stage by stage" }),
    element("p", {
      class: "soft",
      text: "What readers would get if all its entries were new. Nothing is sent.",
    }),
    element("iframe", { attributes }),
  );
}

async function replay(snapshot: SnapshotView): Promise<void> {
  const { key, version } = snapshot;
  if (await request("POST", "/api/snapshots/replay", { key, version }))
    notify(`${nameOf(snapshot)} is read again.`);
}
