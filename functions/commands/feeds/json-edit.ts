/** Path of object keys and list indexes. */
export type JsonPath = readonly (string | number)[];

/**
 * Sets one value in the text of a JSON document and leaves every other byte as it is: order, indentation, line ends and
 * lists on one line. A missing object on the way is created. The text must be valid JSON, and a list index must exist.
 */
export function setJson(text: string, path: JsonPath, value: unknown): string {
  const layout = {
    indent: /\n([ \t]+)"/.exec(text)?.[1] ?? "  ",
    newline: text.includes("\r\n") ? "\r\n" : "\n",
  };
  let at = skipSpace(text, text.startsWith("\uFEFF") ? 1 : 0);
  for (const [depth, key] of path.entries()) {
    const members = membersOf(text, at);
    const member = members.find((candidate) => candidate.key === key);
    if (member) {
      at = member.start;
      continue;
    }
    const rest = path.slice(depth + 1).toReversed();
    const missing = rest.reduce<unknown>((inner, name) => ({ [name]: inner }), value);
    const name = JSON.stringify(String(key));
    const last = members.at(-1);
    const inner = layout.newline + layout.indent.repeat(depth + 1);
    const member_ = `${name}: ${format(missing, depth + 1, layout)}`;
    if (last) return `${text.slice(0, last.end)},${inner}${member_}${text.slice(last.end)}`;
    const close = endOf(text, at) - 1;
    return `${text.slice(0, at + 1)}${inner}${member_}${layout.newline}${layout.indent.repeat(depth)}${text.slice(close)}`;
  }
  return text.slice(0, at) + format(value, path.length, layout) + text.slice(endOf(text, at));
}

interface Layout {
  readonly indent: string;
  readonly newline: string;
}

function format(value: unknown, depth: number, { indent, newline }: Layout): string {
  const lines = JSON.stringify(value, null, indent).split("\n");
  return lines.join(newline + indent.repeat(depth));
}

interface JsonMember {
  readonly key: string | number;
  /** Where its value starts and ends. */
  readonly start: number;
  readonly end: number;
}

/** The members of the object or list at this position. */
function membersOf(text: string, from: number): JsonMember[] {
  const isList = text[from] === "[";
  if (!isList && text[from] !== "{") return [];
  const members: JsonMember[] = [];
  let at = skipSpace(text, from + 1);
  while (text[at] !== "}" && text[at] !== "]" && at < text.length) {
    let key: string | number = members.length;
    if (!isList) {
      const end = endOfString(text, at);
      key = JSON.parse(text.slice(at, end)) as string;
      at = skipSpace(text, skipSpace(text, end) + 1);
    }
    const end = endOf(text, at);
    members.push({ key, start: at, end });
    at = skipSpace(text, end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return members;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\r\n".includes(text.charAt(at))) at++;
  return at;
}

function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

/** The end of the value at this position. */
function endOf(text: string, from: number): number {
  let at = from;
  let depth = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '"') at = endOfString(text, at);
    else {
      if (depth === 0 && ",}] \t\r\n".includes(character)) return at;
      if ("{[".includes(character)) depth++;
      else if ("}]".includes(character)) depth--;
      at++;
    }
    if (depth === 0 && '"}]'.includes(text.charAt(at - 1))) return at;
  }
  return at;
}
