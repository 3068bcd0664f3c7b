import { type Script, arabicLetters, cyrillicLetters, scripts, simplified, traditional } from "./scripts.ts";
import { cyrillicStopWords, latinStopWords } from "./stop-words.ts";

/** UTF-16 code units that are read: more text changes no result. */
const sampleLength = 1000;

/**
 * The language of a text as a canonical BCP 47 tag (RFC 5646): what its feed declares where the text is
 * written in a script of that language, else the language detected from the text (Chinese as `zh-Hans` or `zh-Hant`),
 * or `undefined` if the text is too short. `text` is plain; a declaration that is no language tag is ignored.
 */
export function detectLanguage(text: string, declared?: string): string | undefined {
  const sample = text.slice(0, sampleLength).replace(/https?:\/\/\S+/g, " ");
  const script = dominantScript(sample);
  const tag = canonical(declared);
  if (tag === undefined) return script === undefined ? undefined : looksLike(sample, script);
  return script === undefined || isWrittenIn(tag, script, sample)
    ? tag.toString()
    : (looksLike(sample, script) ?? tag.toString());
}

/** Declared tags with their locales: the entries of a feed share one, and parsing takes longer than the rest. */
const locales = new Map<string, Intl.Locale | undefined>();
const maxLocales = 100;

function canonical(declared: string | undefined): Intl.Locale | undefined {
  if (declared === undefined) return undefined;
  if (locales.has(declared)) return locales.get(declared);
  const locale = localeOf(declared);
  if (locales.size >= maxLocales) locales.clear();
  locales.set(declared, locale);
  return locale;
}

function localeOf(declared: string): Intl.Locale | undefined {
  try {
    const locale = new Intl.Locale(declared.trim().replace(/_/g, "-"));
    const known = locale.maximize().script !== undefined && !locale.toString().startsWith("und");
    return known ? locale : undefined;
  } catch {
    return undefined;
  }
}

/** The script of most letters; `Jpan` for Chinese characters mixed with kana. */
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

/** Letters by script. A Latin letter counts a third: a word takes about five letters, or one to two ideographs or syllables. */
function countScripts(sample: string): Map<string, number> {
  const counts = new Map<string, number>();
  let basicLatin = 0;
  let han = 0;
  let last = latin;
  for (const character of sample) {
    const code = character.codePointAt(0)!;
    // The two most frequent ranges without a search: Basic Latin and CJK Unified Ideographs.
    if (code < 0x80) {
      if ((code | 32) >= 0x61 && (code | 32) <= 0x7a) basicLatin += 1;
      continue;
    }
    if (code >= 0x4e00 && code <= 0x9fff) {
      han += 1;
      continue;
    }
    // General Punctuation, and CJK Symbols and Punctuation but for the ideographs `々〆〇`.
    if ((code >= 0x2000 && code < 0x2070) || (code >= 0x3000 && code < 0x3005)) continue;
    if (!last.letter.test(character)) {
      const script = scripts.find(({ letter }) => letter.test(character));
      if (script === undefined) continue;
      last = script;
    }
    counts.set(last.code, (counts.get(last.code) ?? 0) + (last === latin ? 1 / 3 : 1));
  }
  if (basicLatin > 0) counts.set(latin.code, (counts.get(latin.code) ?? 0) + basicLatin / 3);
  if (han > 0) counts.set(ideographs.code, (counts.get(ideographs.code) ?? 0) + han);
  return counts;
}

/** Whether a tag's language is written in the script of the sample. */
function isWrittenIn(tag: Intl.Locale, script: string, sample: string): boolean {
  const expected = tag.maximize().script;
  if (expected === "Hans" || expected === "Hant") {
    if (script !== "Hani") return false;
    // A tag without script or region, such as `zh`, means both.
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

/** Languages with a second script that their tag does not imply. */
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

/** A word, compounds whole; `start` matches if a sentence begins with it. */
const word =
  /(?:(?<start>^|[\n.!?:;«“„"(¿¡]\s{0,8})|)(?<text>[\p{L}\p{M}\p{N}'’]+(?:-[\p{L}\p{M}\p{N}'’]+)*)/gu;

/** An acronym (`EU`), a capital inside a word (`YouTube`) or in a compound (`EU-Gipfel`, `RISC-V`). */
const name = /(?<=.)\p{Lu}|\p{Lu}.*[-\p{N}]/u;

/**
 * Words of a text in lower case, without names that look like stop words of another language: `EU`, and inside a sentence
 * `Los Angeles` and `Die Zeit`. In a heading nearly every word has a capital, so capitals mark no names there; in text of
 * capitals only, they mark no acronyms either.
 */
function wordsOf(sample: string): readonly string[] {
  const words = [...sample.matchAll(word)].map(({ groups }) => ({
    text: groups?.["text"] ?? "",
    starts: groups?.["start"] !== undefined,
  }));
  const small = words.filter(({ text }) => /^\p{Ll}/u.test(text));
  const isHeading = small.length <= words.length / 4;
  const isAllCapitals = !/\p{Ll}/u.test(sample);
  return words
    .filter(({ text }) => isAllCapitals || !name.test(text))
    .filter(({ text, starts }) => isHeading || starts || !/^\p{Lu}./u.test(text))
    .flatMap(({ text }) => text.toLowerCase().replace(/’/g, "'").split("-"));
}

/**
 * The language with the most stop words in the text, if at least two different ones occur: a name may be repeated, and words
 * of one letter occur in every language.
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
