import { Parser } from "htmlparser2";

/** Elements that pages often leave open, so that each is nested in the one before. */
const inline = new Set("a b big center em font i s small span strike strong sub sup tt u".split(" "));
const inlineAllowance = 8;

/**
 * Whether elements of a page nest deeper than `limit`, or, counting inline ones, which are often left open, deeper
 * than eight times that; void and unclosed elements are counted as a browser nests them.
 */
export function tooDeep(html: string, limit: number): boolean {
  let depth = 0;
  let all = 0;
  let found = false;
  const parser = new Parser({
    onopentag: (name) => {
      all++;
      if (!inline.has(name)) depth++;
      if (depth <= limit && all <= limit * inlineAllowance) return;
      found = true;
      parser.pause();
    },
    onclosetag: (name) => {
      all--;
      if (!inline.has(name)) depth--;
    },
  });
  parser.write(html);
  if (found) parser.reset();
  else parser.end();
  return found;
}
