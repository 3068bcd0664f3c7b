import { Parser } from "htmlparser2";

/** Whether elements of a page nest deeper than `limit`; void and unclosed elements are counted as a browser nests them. */
export function tooDeep(html: string, limit: number): boolean {
  let depth = 0;
  let deepest = 0;
  const parser = new Parser({
    onopentag: () => {
      if (++depth > deepest) deepest = depth;
      if (deepest > limit) parser.pause();
    },
    onclosetag: () => {
      depth--;
    },
  });
  parser.write(html);
  if (deepest > limit) {
    parser.reset();
    return true;
  }
  parser.end();
  return deepest > limit;
}
