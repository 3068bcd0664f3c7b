import { byId, element } from "./dom.ts";
import { fileSize } from "./format.ts";
import { notify, request } from "./notices.ts";
import { goTo } from "./route.ts";
import { itemOf } from "./snapshot-facts.ts";
import { state } from "./state.ts";

let chosen: readonly File[] = [];

/** Asks for the feed of some files, and uploads them. */
function ask(files: readonly File[]): void {
  if (files.length === 0) return;
  chosen = files;
  byId("upload-files").replaceChildren(
    ...files.map(({ name, size }) =>
      element(
        "li",
        {},
        element("bdi", { text: name }),
        element("span", { class: "soft", text: fileSize(size) }),
      ),
    ),
  );
  const feeds = new Set((state.snapshots ?? []).map(({ feed }) => feed).filter((feed) => feed !== undefined));
  byId("known-feeds").replaceChildren(...[...feeds].sort().map((feed) => new Option(feed)));
  byId("upload-dialog", HTMLDialogElement).showModal();
  byId("upload-feed").focus();
}

async function upload(files: readonly File[], feed: string): Promise<void> {
  let last = "";
  let count = 0;
  for (const file of files) {
    const query = new URLSearchParams({ feed, name: file.name });
    const response = await request("PUT", `/api/snapshots?${query}`, file);
    if (!response) continue;
    count += 1;
    last = itemOf((await response.json()) as { key: string; version: string });
  }
  if (count === 0) return;
  notify(count === 1 ? `${files[0]?.name ?? "The file"} is uploaded.` : `${count} files are uploaded.`);
  goTo("snapshots", last);
}

/** Files can be dropped anywhere on the page; every button with `data-upload` opens the file picker. */
export function listenToUploads(): void {
  const picker = byId("files", HTMLInputElement);
  for (const opener of document.querySelectorAll("[data-upload]"))
    opener.addEventListener("click", () => picker.click());
  picker.addEventListener("change", () => {
    ask([...(picker.files ?? [])]);
    picker.value = "";
  });

  const target = byId("drop-target");
  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes("Files") === true;
  document.addEventListener("dragenter", (event) => {
    if (hasFiles(event)) target.hidden = false;
  });
  document.addEventListener("dragover", (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) target.hidden = true;
  });
  document.addEventListener("drop", (event) => {
    target.hidden = true;
    if (!hasFiles(event)) return;
    event.preventDefault();
    ask([...(event.dataTransfer?.files ?? [])]);
  });

  byId("upload-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const feed = byId("upload-feed", HTMLInputElement).value.trim();
    byId("upload-dialog", HTMLDialogElement).close();
    void upload(chosen, feed);
  });
}
