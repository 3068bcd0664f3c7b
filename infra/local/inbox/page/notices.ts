import { byId, element } from "./dom.ts";

/** Milliseconds that a notice is shown. */
const shownFor = 6_000;

/** Shows a short message at the lower edge; screen readers announce it, a bad one at once. */
export function notify(text: string, kind: "good" | "bad" = "good"): void {
  const notice = element("p", { class: `notice ${kind}`, text });
  byId(kind === "bad" ? "errors" : "notices").append(notice);
  setTimeout(() => notice.remove(), kind === "bad" ? 2 * shownFor : shownFor);
}

/** Sends a request to the stack; shows the reason and returns `undefined` if it fails. */
export async function request(
  method: "POST" | "PUT" | "DELETE",
  path: string,
  body?: object,
): Promise<Response | undefined> {
  const payload = body instanceof Blob ? body : body && JSON.stringify(body);
  try {
    const response = await fetch(path, { method, ...(payload !== undefined && { body: payload }) });
    if (response.ok) return response;
    notify(await response.text(), "bad");
  } catch {
    notify("The stack does not answer.", "bad");
  }
  return undefined;
}
