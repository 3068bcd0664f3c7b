const codeLine =
  /[{};\\]\s*$|^\s*(?:[$#>[<]|\/\/|--|(?:import|from|def|class|function|const|let|var|return|sudo|npm|npx|git|curl|pip|apt|docker|cd) )|=>|::|\(\)|\S\s?=\s?["'\d\w]|\w\(\w/u;
const sentence = /\p{L}{2}[.!?。！？]["'”’)]?(?:\s|$)|[。！？]/u;

/** Whether preformatted text is a listing, such as code or a command, and not text such as a commit message. */
export function isListing(text: string): boolean {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const code = lines.filter((line) => codeLine.test(line)).length;
  if (code * 4 > lines.length) return true;
  return !sentence.test(text) && !lines.some((line) => line.trim().split(/\s+/u).length >= 5);
}
