import { decodeEntities, escapeText } from "../entities.ts";
import { withBodies } from "../bodies.ts";
import type { Entry } from "../entry.ts";
import { readDate } from "../dates.ts";
import { isArray, isObject, passValue, skipBlank, type JsonObject } from "../json-scan.ts";
import { resolveLink, whyDropped } from "../links.ts";
import { nextIndex, rejectEntry, warn, type Reading } from "../reading.ts";
import { cleanLine, titleText } from "../text.ts";
import { dated } from "../xml/entry-dates.ts";
import { languageTag } from "../xml/entry.ts";
import { SnapshotError } from "../../errors.ts";

const longestField = 64 * 1024;
const kept = new Set(["version", "title", "home_page_url", "feed_url", "language", "authors", "author"]);
const expected = 'a JSON Feed: an object with "items", see jsonfeed.org';

/**
 * JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1): items are cut out of the text one by one and parsed alone, so a
 * broken one costs no other and a cut file gives those before the cut.
 */
export function* readJson(reading: Reading): Generator<Entry | undefined, void> {
  const head: JsonObject = {};
  let seenItems = false;
  let whole = false;
  if ((yield* skipBlank(reading)) === "{") reading.at++;
  else throw new SnapshotError("format-unknown", "JSON that is no object", expected);
  for (;;) {
    const first = yield* skipBlank(reading, ",");
    whole = first === "}";
    if (first !== '"') break;
    const key = yield* passValue(reading, 1024);
    if (key.text === undefined) break;
    const name = parsed(reading, key.text);
    if ((yield* skipBlank(reading)) !== ":") break;
    reading.at++;
    const start = yield* skipBlank(reading);
    if (name === "items" && start === "[") {
      seenItems = true;
      reading.at++;
      setFeed(reading, head);
      yield* readItems(reading, head);
      continue;
    }
    const value = yield* passValue(reading, longestField);
    if (!value.closed) break;
    if (typeof name === "string" && kept.has(name) && value.text !== undefined)
      head[name] = parsed(reading, value.text);
  }
  setFeed(reading, head);
  if (!seenItems) throw new SnapshotError("format-unknown", "JSON without a list of items", expected);
  if (!whole) warn(reading, { code: "truncated", message: "The snapshot ends before its JSON does." });
}

function* readItems(reading: Reading, head: JsonObject): Generator<Entry | undefined, void> {
  for (;;) {
    const first = yield* skipBlank(reading, ",");
    if (first === "" || first === "}") return;
    if (first === "]") {
      reading.at++;
      return;
    }
    const index = nextIndex(reading);
    const offset = reading.offset + reading.at;
    const value = yield* passValue(reading, reading.limits.entryLength);
    if (!value.closed) {
      rejectEntry(reading, index, offset, "entry-truncated", "The snapshot ends within the item.");
      return;
    }
    if (value.text === undefined) {
      rejectEntry(
        reading,
        index,
        offset,
        "entry-too-large",
        `It is longer than ${reading.limits.entryLength} characters.`,
      );
    } else if (value.depth > reading.limits.depth) {
      rejectEntry(
        reading,
        index,
        offset,
        "entry-too-deep",
        `Values are nested more than ${reading.limits.depth} deep.`,
      );
    } else {
      const item = parsed(reading, value.text);
      if (isObject(item)) yield entryOf(item, head, reading, index);
      else
        rejectEntry(
          reading,
          index,
          offset,
          "entry-malformed",
          `${JSON.stringify(value.text.slice(0, 80))} is no JSON object.`,
        );
    }
  }
}

function setFeed(reading: Reading, head: JsonObject): void {
  const title = cleanLine(text(head["title"]) ?? "");
  const link = resolveLink(text(head["home_page_url"]) ?? "");
  const language = languageTag(text(head["language"]));
  reading.feed = {
    ...(title === "" ? undefined : { title }),
    ...(link === undefined ? undefined : { link }),
    ...(language === undefined ? undefined : { language }),
  };
}

function entryOf(item: JsonObject, head: JsonObject, reading: Reading, index: number): Entry {
  const note = (code: string, message: string): void => warn(reading, { code, message, index });
  const base = resolveLink(text(head["home_page_url"]) ?? "") ?? resolveLink(text(head["feed_url"]) ?? "");
  const id = text(item["id"])?.trim();
  const addresses = [text(item["url"]), text(item["external_url"])].filter(
    (raw) => raw !== undefined && raw.trim() !== "",
  ) as string[];
  const resolved = addresses.map((raw) => resolveLink(raw, base));
  const link = resolved.find((one) => one !== undefined) ?? resolveLink(id ?? "");
  if (addresses[0] !== undefined && resolved[0] === undefined) note("link-dropped", whyDropped(addresses[0]));
  const language = languageTag(text(item["language"])) ?? reading.feed.language;
  const date = (raw: string | undefined) => {
    if (raw === undefined || raw.trim() === "") return undefined;
    const read = readDate(raw.trim(), { timeZone: reading.hints.timeZone, language });
    if (read === undefined)
      note("date-unreadable", `The date ${JSON.stringify(raw.slice(0, 100))} can't be read.`);
    return read;
  };
  // Some generators escape titles for HTML although the specification has plain text here.
  const title = cleanLine(decodeEntities(text(item["title"]) ?? ""));
  const entry: Entry = {
    ...(id === undefined || id === "" ? undefined : { id: cleanLine(id) }),
    title,
    ...(link === undefined ? undefined : { link }),
    ...dated(date(text(item["date_published"])), date(text(item["date_modified"])), reading.hints),
    ...(language === undefined ? undefined : { language }),
    // JSON Feed 1.1: the feed's authors are those of items that name none.
    authors: authorsOf(item) ?? authorsOf(head) ?? [],
    categories: isArray(item["tags"])
      ? item["tags"].map((tag) => titleText(text(tag) ?? "")).filter((tag) => tag !== "")
      : [],
  };
  const summary = text(item["summary"]);
  const html = text(item["content_html"]);
  const plain = text(item["content_text"]);
  const content = html !== undefined && html !== "" ? html : plain;
  return withBodies(
    entry,
    summary === "" ? undefined : summary,
    content === "" ? undefined : content,
    (body) => (body === summary ? escapeText(body) : body === html ? body.trim() : paragraphs(body)),
  );
}

/** Plain text as HTML: blank lines part paragraphs. */
function paragraphs(plain: string): string {
  const blocks = plain.trim().split(/\n[ \t\r]*\n\s*/);
  return blocks.map((block) => `<p>${escapeText(block).replaceAll("\n", "<br>")}</p>`).join("\n");
}

/** Version 1.1's list, or else version 1.0's one author. */
function authorsOf({ authors, author }: JsonObject): readonly string[] | undefined {
  const listed = isArray(authors) && authors.length > 0 ? authors : [author];
  const names = listed.map((one) => titleText(text(isObject(one) ? one["name"] : one) ?? ""));
  const distinct = [...new Set(names.filter((name) => name !== ""))];
  return distinct.length > 0 ? distinct : undefined;
}

/** Numbers stand for texts in feeds whose generator knows no better; anything else is no text. */
function text(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : undefined;
}

function parsed(reading: Reading, raw: string): unknown {
  try {
    return JSON.parse(reading.decoding.text(raw));
  } catch {
    return repaired(reading.decoding.text(raw));
  }
}

/** Raw control characters inside strings are the commonest fault of hand-made JSON (RFC 8259 section 7 forbids them). */
function repaired(raw: string): unknown {
  try {
    // oxlint-disable-next-line no-control-regex -- these are the fault
    return JSON.parse(raw.replace(/[\0-\x1f]/g, " "));
  } catch {
    return undefined;
  }
}
