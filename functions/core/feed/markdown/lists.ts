/** A list that is open while its lines are read. */
interface OpenList {
  readonly tag: "ul" | "ol";
  /** Columns of its mark and of its text. */
  readonly mark: number;
  readonly content: number;
}

/** The open lists of a text, innermost last; they hold the tags that are still to be closed. */
export type Lists = OpenList[];

const item = /^( *)(?:([-+*])|\d{1,9}[.)])( +)(?=\S)/;

/** The item that a line starts, and the text behind its mark. */
export interface Item extends OpenList {
  readonly text: string;
}

/** The list item that a line starts (CommonMark 0.31, section 5.2), or undefined. */
export function itemOf(line: string): Item | undefined {
  const match = item.exec(line);
  if (match === null) return undefined;
  const [whole, before = "", bullet] = match;
  return {
    tag: bullet === undefined ? "ol" : "ul",
    mark: before.length,
    content: whole.length,
    text: line.slice(whole.length),
  };
}

/** Closes the lists that a line at a column has left; gives the closing tags. */
export function closeLists(lists: Lists, isLeft: (list: OpenList) => boolean): string {
  let closing = "";
  for (let last = lists.at(-1); last !== undefined && isLeft(last); last = lists.at(-1)) {
    closing += `</li></${last.tag}>`;
    lists.pop();
  }
  return closing;
}

/** Opens an item among the lists: the next of the list that it stands in, or the first of one inside the item before. */
export function openItem(lists: Lists, next: Item): string {
  let html = closeLists(
    lists,
    ({ mark, content }) => next.mark < mark || (next.mark < content && mark > next.mark),
  );
  const last = lists.at(-1);
  const isInside = last !== undefined && next.mark >= last.content;
  if (last !== undefined && !isInside) {
    if (last.tag === next.tag) {
      lists[lists.length - 1] = next;
      return `${html}</li><li>`;
    }
    lists.pop();
    html += `</li></${last.tag}>`;
  }
  lists.push(next);
  return `${html}<${next.tag}><li>`;
}
