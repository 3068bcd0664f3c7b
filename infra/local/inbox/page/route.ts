/** One of the three places of the page. */
export type Place = "inbox" | "snapshots" | "audiences";

/** What the page shows: in `#/inbox/mail/7` the item is `mail/7`. */
export interface PageRoute {
  readonly place: Place;
  readonly item: string;
}

const places: readonly Place[] = ["inbox", "snapshots", "audiences"];

export function readRoute(): PageRoute {
  const [, name = "", ...rest] = location.hash.split("/");
  const place = places.find((other) => other === name) ?? "inbox";
  return { place, item: decode(rest.join("/")) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

export const addressOf = (place: Place, item = ""): string =>
  `#/${place}${item === "" ? "" : `/${item.split("/").map(encodeURIComponent).join("/")}`}`;

export function goTo(place: Place, item = ""): void {
  location.hash = addressOf(place, item);
}
