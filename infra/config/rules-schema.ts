import { RE2JS } from "re2js";
import { z } from "zod";
import type { Rules } from "../../functions/core/configuration.ts";
import { maxPatternSize } from "../../functions/core/routing/patterns.ts";
import { listOf, object, oneOf, text, valueOf, wholeNumber } from "./validators.ts";

/** How deep rules may be nested, the outermost included. */
const maxDepth = 10;

const oneLine = (what: string) => text(`${what} of at most 200 characters`, /^(?=.*\S).{1,200}$/su);

const names = (what: string) => listOf(`a list of ${what}`, oneLine("a name"));
const words = listOf("a list of words", oneLine("a word or phrase"));

const language = text('a language without region, such as "en" or "zh"', /^[a-z]{2,3}$/);

const host = text(
  'a host without scheme and path, such as "example.org"',
  /^(?=.{1,253}$)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*$/,
);

const expression = valueOf<string>(
  'a regular expression in the syntax of RE2, such as "ferr(y|ies)", of at most 500 characters and not with repetitions like "(a{1,100}){1,100}"',
  (value) => typeof value === "string" && value !== "" && value.length <= 500 && isAffordable(value),
);

/** Whether the expression is valid and of a size that can be searched for in every entry. */
function isAffordable(source: string): boolean {
  try {
    return RE2JS.compile(source, RE2JS.CASE_INSENSITIVE).programSize() <= maxPatternSize;
  } catch {
    return false;
  }
}

const tooDeep = valueOf<never>(`rules that are nested at most ${maxDepth} deep`, () => false).exactOptional();

const notEmpty = z.custom<Rules>((value) => Object.keys(value as Rules).some((key) => key !== "in"), {
  error: () => "an object with at least one rule",
});

function rulesAt(depth: number): z.ZodType<Rules, Rules> {
  const inner = depth < maxDepth ? rulesAt(depth + 1) : undefined;
  const nested = inner && inner.pipe(notEmpty);
  const list = nested ? listOf("a list of rules", nested).exactOptional() : tooDeep;
  return object({
    feeds: names("feeds").exactOptional().describe("Only entries of these feeds."),
    languages: listOf('a list of languages, such as ["en", "zh"]', language)
      .exactOptional()
      .describe("Only entries in these languages."),
    include: words.exactOptional().describe("Only entries that contain one of them."),
    exclude: words.exactOptional().describe("No entries that contain one of them."),
    matches: listOf("a list of regular expressions", expression)
      .exactOptional()
      .describe("Only entries with a match for one of them."),
    in: oneOf("title", "text", "both")
      .exactOptional()
      .describe("Where `include`, `exclude` and `matches` look; without it also in authors and categories."),
    authors: names("authors").exactOptional().describe("Only entries by one of these authors."),
    categories: names("categories").exactOptional().describe("Only entries of one of these categories."),
    hosts: listOf('a list of hosts, such as ["example.org"]', host)
      .exactOptional()
      .describe("Only entries with a link to one of these hosts or to a host below it."),
    maximumAgeDays: wholeNumber("days", 1, 36_500)
      .exactOptional()
      .describe("No entries that are more days old, counted in whole days."),
    any: list.describe("At least one of these objects must hold."),
    all: list.describe("All of these objects must hold."),
    not: (nested?.exactOptional() ?? tooDeep).describe("It must not hold."),
  });
}

/** `audiences[].rules`. */
export const rules = rulesAt(1);
