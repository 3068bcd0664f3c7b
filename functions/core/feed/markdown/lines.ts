/** A line of a Markdown text without its end (CommonMark 0.31, section 2.1: LF, CR LF or a bare CR). */
export interface Line {
  readonly text: string;
  /** Index after the line's end. */
  readonly end: number;
}

/** Index of the end mark of the line that contains `from`, or the text's length. */
export function lineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || unit === 13) return at;
  }
  return text.length;
}

/** Index after the end mark at `end`. */
export function afterLineEnd(text: string, end: number): number {
  if (end >= text.length) return text.length;
  return text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
}

/** All lines with the places where they end. */
export function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (let at = 0; at < text.length;) {
    const stop = lineEnd(text, at);
    const end = afterLineEnd(text, stop);
    lines.push({ text: text.slice(at, stop), end });
    at = end;
  }
  return lines;
}

/** The fence that a line opens (CommonMark 0.31, section 4.5), or undefined. */
export function openingFence(line: string): string | undefined {
  const [whole = "", fence] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
  return fence?.startsWith("`") === true && line.includes("`", whole.length) ? undefined : fence;
}

/** Whether a line closes a fence: the same mark, at least as long, and nothing else. */
export function closesFence(line: string, fence: string): boolean {
  const mark = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1];
  return mark !== undefined && mark.length >= fence.length && mark.charAt(0) === fence.charAt(0);
}

/** A heading without the hashes that may close it (CommonMark 0.31, section 4.2). */
export function trimHashes(heading: string): string {
  const text = heading.trim();
  let at = text.length;
  while (text.charCodeAt(at - 1) === 35) at--;
  return at < text.length && text.charCodeAt(at - 1) <= 32 ? text.slice(0, at).trimEnd() : text;
}
