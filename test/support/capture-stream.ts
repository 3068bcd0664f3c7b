import { vi } from "vitest";

/** Keeps what this process writes to a stream from it, until `restore`. */
export function captureStream(stream: NodeJS.WriteStream) {
  let text = "";
  const spy = vi.spyOn(stream, "write").mockImplementation((piece) => {
    text += String(piece);
    return true;
  });
  return { text: () => text, restore: () => spy.mockRestore() };
}
