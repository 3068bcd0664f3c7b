import { type Script, arabicLetters, cyrillicLetters, scripts, simplified, traditional } from "./scripts.ts";
import { cyrillicStopWords, latinStopWords } from "./stop-words.ts";

/** UTF-16 code units that are looked at: more text changes no decision. */
const SAMPLE = 1000;

/**
 * The language of a text as a canonical BCP 47 tag (RFC 5646): what its feed declares where the text is
 * written in a script of that language, else what the text looks like (Chinese as `zh-Hans` or `zh-Hant`),
 * or `undefined` where it is too short to tell. `text` is plain; a declaration that is no language tag counts as none.
 */
export function detectLanguage(text: string, declared?: string): string | undefined {
  const sample = text.slice(0, SAMPLE).replace(/https?:\/\/\S+/g, " ");
  const script = dominantScript(sample);
  const tag = canonical(declared);
  if (tag === undefined) return script === undefined ? undefined : looksLike(sample, script);
  return script === undefined || isWrittenIn(tag, script, sample)
    ? tag.toString()
    : (looksLike(sample, script) ?? tag.toString());
}

function canonical(declared: string | undefined): Intl.Locale | undefined {
  if (declared === undefined) return undefined;
  try {
    const locale = new Intl.Locale(declared.trim().replace(/_/g, "-"));
    const known = locale.maximize().script !== undefined && !locale.toString().startsWith("und");
    return known ? locale : undefined;
  } catch {
    return undefined;
  }
}

/** `Jpan` where Chinese characters and kana are mixed; a few foreign names do not count. */
function dominantScript(sample: string): string | undefined {
  const counts = countScripts(sample);
  const kana = counts.get("Kana") ?? 0;
  const han = counts.get("Hani") ?? 0;
  if (kana > 0 && kana >= (kana + han) * 0.05) {
    counts.delete("Hani");
    counts.set("Kana", kana + han);
  } else counts.delete("Kana");
  let first: string | undefined;
  for (const [code, count] of counts) if (first === undefined || count > counts.get(first)!) first = code;
  return first === "Kana" ? "Jpan" : first;
}

const [latin, ideographs] = scripts as [Script, Script];

/** Letters by script; a word of the Latin alphabet takes some five letters for one or two ideographs or syllables. */
function countScripts(sample: string): Map<string, number> {
  const counts = new Map<string, number>();
  let last = scripts[0]!;
  for (const character of sample) {
    const code = character.codePointAt(0)!;
    if (code < 0x41) continue;
    // The two commonest ranges without a search: Basic Latin, CJK Unified Ideographs.
    if (code < 0x80) last = latin;
    else if (code >= 0x4e00 && code <= 0x9fff) last = ideographs;
    else if (!last.letter.test(character)) {
      const script = scripts.find(({ letter }) => letter.test(character));
      if (script === undefined) continue;
      last = script;
    }
    if (last === latin && !last.letter.test(character)) continue;
    counts.set(last.code, (counts.get(last.code) ?? 0) + (last === latin ? 1 / 3 : 1));
  }
  return counts;
}

/** Scripts of a language tag as the sample can show them. */
function isWrittenIn(tag: Intl.Locale, script: string, sample: string): boolean {
  const expected = tag.maximize().script;
  if (expected === "Hans" || expected === "Hant") {
    if (script !== "Hani") return false;
    // A tag without script or region, such as `zh`, stands for both.
    return (
      (tag.script === undefined && tag.region === undefined) || chineseScript(sample, expected) === expected
    );
  }
  if (expected === "Jpan") return script === "Jpan" || script === "Hani";
  if (expected === "Kore") return script === "Hang";
  return (
    expected === script ||
    (tag.script === undefined && alsoWrittenIn[tag.language]?.includes(script) === true)
  );
}

/** Languages with two living scripts, of which their tag implies one only. */
const alsoWrittenIn: Readonly<Record<string, readonly string[]>> = {
  sr: ["Latn"],
  uz: ["Cyrl"],
  kk: ["Latn", "Arab"],
  az: ["Cyrl", "Arab"],
  pa: ["Arab"],
  ku: ["Arab"],
  mn: ["Mong"],
  ms: ["Arab"],
  bs: ["Cyrl"],
};

function looksLike(sample: string, script: string): string | undefined {
  switch (script) {
    case "Hani":
      return `zh-${chineseScript(sample, "Hans")}`;
    case "Jpan":
      return "ja";
    case "Hang":
      return "ko";
    case "Latn":
      return byStopWords(sample, latinStopWords);
    case "Cyrl":
      return byLetters(sample, cyrillicLetters, 0.01) ?? byStopWords(sample, cyrillicStopWords) ?? "ru";
    case "Arab":
      return byLetters(sample, arabicLetters, 0.01) ?? "ar";
    case "Deva":
      return /(?:^|\s)(?:आहे|आणि|होते|नाही|आहेत)(?=\s|।|$)/u.test(sample) ? "mr" : "hi";
    default:
      return scripts.find(({ code }) => code === script)?.language;
  }
}

function chineseScript(sample: string, otherwise: "Hans" | "Hant"): "Hans" | "Hant" {
  let score = 0;
  for (const character of sample) {
    if (onlySimplified.has(character)) score += 1;
    else if (onlyTraditional.has(character)) score -= 1;
  }
  return score === 0 ? otherwise : score > 0 ? "Hans" : "Hant";
}

const onlySimplified = new Set(
  Array.from(simplified).filter((character) => !traditional.includes(character)),
);
const onlyTraditional = new Set(
  Array.from(traditional).filter((character) => !simplified.includes(character)),
);

function byLetters(
  sample: string,
  table: Readonly<Record<string, RegExp>>,
  share: number,
): string | undefined {
  const all = sample.match(/\p{L}/gu)?.length ?? 0;
  for (const [language, letters] of Object.entries(table))
    if ((sample.match(letters)?.length ?? 0) > Math.max(0, all * share)) return language;
  return undefined;
}

/** A run of letters and digits, compounds whole, with what stands before it where a sentence begins there. */
const word = /(?:(?<start>^|[\n.!?:;«“„"(¿¡]\s*)|)(?<text>[\p{L}\p{M}\p{N}'’]+(?:-[\p{L}\p{M}\p{N}'’]+)*)/gu;

/** An acronym (`EU`), a camel (`YouTube`), a capital in a compound (`EU-Gipfel`, `RISC-V`). */
const name = /(?<=.)\p{Lu}|\p{Lu}.*[-\p{N}]/u;

/**
 * Words of a text in small letters, without names, which look like another language's stop words: `EU`, and inside a
 * sentence `Los Angeles` and `Die Zeit`. A heading gives nearly every word a capital, and tells no such names; one in
 * capitals alone not even acronyms.
 */
function wordsOf(sample: string): readonly string[] {
  const words = [...sample.matchAll(word)].map(({ groups }) => ({
    text: groups?.["text"] ?? "",
    starts: groups?.["start"] !== undefined,
  }));
  const small = words.filter(({ text }) => /^\p{Ll}/u.test(text));
  const isHeading = small.length <= words.length / 4;
  const isShouted = !/\p{Ll}/u.test(sample);
  return words
    .filter(({ text }) => isShouted || !name.test(text))
    .filter(({ text, starts }) => isHeading || starts || !/^\p{Lu}./u.test(text))
    .flatMap(({ text }) => text.toLowerCase().replace(/’/g, "'").split("-"));
}

/**
 * The language with the most stop words in the text, if two different ones at least are there: a name may come
 * twice, and words of one letter alone mean something everywhere.
 */
function byStopWords(sample: string, tables: typeof latinStopWords): string | undefined {
  const words = wordsOf(sample);
  const [first, second] = tables
    .map(({ language, words: known }) => ({ language, found: words.filter((word) => known.has(word)) }))
    .sort((a, b) => b.found.length - a.found.length);
  if (first === undefined || second === undefined) return undefined;
  const { language, found } = first;
  const different = new Set(found);
  const leads = found.length > second.found.length && found.length >= words.length * 0.08;
  return leads && different.size > 1 && found.some((word) => word.length > 1) ? language : undefined;
}
