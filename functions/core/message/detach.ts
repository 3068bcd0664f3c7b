import type { Entry } from "../feed/entry.ts";
import { channelLimits } from "./channel-limits.ts";

/** UTF-16 code units of an entry's markup that are kept: as much as a summary reads. */
const maxContent = 16_384;

/** UTF-16 code units in which embedded pictures are removed, to find the text after them. */
const maxSearched = 1_048_576;

/** Code units of a title or description that are kept: one more than fits into a message, which then says that it was shortened. */
const maxCarried = channelLimits.messageBytes + 1;

/** Copies the start of a text so that V8 can free the parent string. */
const copy = (text: string, max: number): string =>
  Buffer.from(text.slice(0, max), "utf16le").toString("utf16le");

const mediaType = /^data:[\w/+.-]+;base64,/;
/** UTF-16 code units of the part before an embedded picture's data at most. */
const maxMediaType = 100;

/** HTML without the data of embedded pictures (RFC 2397), which can be longer than all that a summary reads. */
function withoutPictures(html: string): string {
  let kept = "";
  let from = 0;
  for (let at = html.indexOf("data:"); at >= 0; at = html.indexOf("data:", at + 5)) {
    const start = mediaType.exec(html.slice(at, at + maxMediaType))?.[0].length;
    if (start === undefined) continue;
    let end = at + start;
    while (isBase64(html.charCodeAt(end))) end += 1;
    kept += html.slice(from, at);
    from = end;
    at = end - 5;
  }
  return kept + html.slice(from);
}

/** Letters, digits, `+`, `/`, `=` and `%`. */
const isBase64 = (unit: number): boolean =>
  ((unit | 32) >= 97 && (unit | 32) <= 122) ||
  (unit >= 47 && unit <= 57) ||
  unit === 43 ||
  unit === 61 ||
  unit === 37;

/** A copy of the entry that does not keep its snapshot in memory. */
export function detach(entry: Entry): Entry {
  const { content, description } = entry;
  return {
    ...entry,
    title: copy(entry.title, maxCarried),
    ...(description !== undefined && { description: copy(description, maxCarried) }),
    ...(content !== undefined && {
      content: copy(withoutPictures(content.slice(0, maxSearched)), maxContent),
    }),
  };
}
