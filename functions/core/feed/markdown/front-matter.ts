import { lineAt } from "./boundary.ts";
import type { Reading } from "../reading.ts";

/** What a static site's generator keeps above a text: `key: value` lines between two `---`, as window text. */
export type FrontMatter = ReadonlyMap<string, string>;

const mostLines = 500;

/** Passes over the front matter that a snapshot starts with; empty where there is none. */
export function* passFrontMatter(reading: Reading): Generator<undefined, FrontMatter> {
  const found = new Map<string, string>();
  const first = yield* lineAt(reading, 0);
  if (first === undefined || !/^(?:\ufeff|\u00ef\u00bb\u00bf)?---[ \t]*$/.test(first.text)) return found;
  let at = first.end;
  for (let count = 0; count < mostLines; count++) {
    const line = yield* lineAt(reading, at);
    if (line === undefined) return new Map();
    at = line.end;
    if (/^(?:---|\.\.\.)[ \t]*$/.test(line.text)) {
      if (found.size > 0) reading.at += at;
      return found;
    }
    const [, key = "", value = ""] = /^([A-Za-z][\w-]{0,60}):[ \t]*(.*)$/.exec(line.text) ?? [];
    if (key === "") {
      if (line.text.trim() !== "" && !/^[ \t#-]/.test(line.text)) return new Map();
      continue;
    }
    if (!found.has(key.toLowerCase())) found.set(key.toLowerCase(), unquoted(value.trim()));
  }
  return new Map();
}

function unquoted(value: string): string {
  return /^(["']).*\1$/.test(value) && value.length > 1 ? value.slice(1, -1) : value;
}
