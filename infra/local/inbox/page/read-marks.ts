import type { MessageView } from "../views.ts";

/** Messages that were opened. They are kept as long as the browser's tab, for one stack. */
const read = new Set<number>();
let storage = "";

/** Reads the marks of a stack; `stack` differs between stacks. */
export function openReadMarks(stack: string): void {
  storage = `feedbell read ${stack}`;
  for (const id of (sessionStorage.getItem(storage) ?? "").split(",")) if (id !== "") read.add(Number(id));
}

export const isUnread = ({ id }: MessageView): boolean => !read.has(id);

/** Marks messages as read or unread; returns whether that changed anything. */
export function mark(messages: readonly MessageView[], as: "read" | "unread"): boolean {
  const changing = messages.filter(({ id }) => read.has(id) !== (as === "read"));
  for (const { id } of changing) {
    if (as === "read") read.add(id);
    else read.delete(id);
  }
  if (changing.length > 0 && storage !== "") sessionStorage.setItem(storage, [...read].join(","));
  return changing.length > 0;
}
