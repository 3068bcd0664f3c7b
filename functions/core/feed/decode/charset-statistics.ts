import {
  alphabets,
  candidates,
  commonLeads,
  frequentHan,
  letters,
  scriptOfLanguage,
  type Alphabetic,
  type Ideographic,
  type Latin,
  type CharsetScript,
} from "./charset-scripts.ts";

const sampleLength = 64 * 1024;
/** Share of broken characters that a two-byte encoding may have: texts may be cut within a character. */
const maxBroken = 0.15;

interface EncodingScore {
  /** How typical a text is for its script; at most 1, may be negative. */
  readonly score: number;
  /** Number of non-ASCII characters. */
  readonly foreign: number;
}

/**
 * Returns the most likely encoding of bytes that are not UTF-8; `windows-1252` if none is likely (the fallback of the
 * WHATWG Encoding Standard).
 */
export function guessEncoding(bytes: Uint8Array, language?: string): string {
  return bestReading(bytes, language).encoding;
}

/**
 * Returns the declared encoding, or a likelier one if the text is implausible in the declared one; `undefined` if the
 * bytes are invalid in the declared encoding.
 */
export function confirmEncoding(bytes: Uint8Array, declared: string, language?: string): string | undefined {
  const sample = bytes.subarray(0, sampleLength);
  const name = declared === "gbk" ? "gb18030" : declared;
  const candidate = candidates.find(([encoding]) => encoding === name);
  const text = readable(sample, name, candidate === undefined || name in commonLeads ? maxBroken : 0.02);
  if (text === undefined) return undefined;
  if (candidate === undefined) return declared;
  const own = plausibility(text, ...candidate).score;
  if (own >= 0.5) return declared;
  const best = bestReading(bytes, language);
  return best.foreign >= 8 && best.score > 0.45 && best.score - own > 0.4 ? best.encoding : declared;
}

function bestReading(bytes: Uint8Array, language: string | undefined): EncodingScore & { encoding: string } {
  const sample = bytes.subarray(0, sampleLength);
  const expected = scriptOfLanguage[language?.slice(0, 2) ?? ""];
  let best = { encoding: "windows-1252", score: 0.25, foreign: 0 };
  for (const [encoding, script] of candidates) {
    const text = readable(sample, encoding, encoding in commonLeads ? maxBroken : 0);
    if (text === undefined) continue;
    const { score: plain, foreign } = plausibility(text, encoding, script);
    const score = plain + (script === expected ? 0.15 : 0);
    if (score > best.score) best = { encoding, score, foreign };
  }
  return best;
}

/** The decoded text, unless too many of its non-ASCII characters are broken. `stream` allows a cut last character. */
function readable(bytes: Uint8Array, encoding: string, most: number): string | undefined {
  const text = new TextDecoder(encoding).decode(bytes, { stream: true });
  let foreign = 0;
  let broken = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 128) continue;
    foreign++;
    if (unit === 0xfffd) broken++;
  }
  return broken > foreign * most ? undefined : text;
}

function plausibility(text: string, encoding: string, script: CharsetScript): EncodingScore {
  if (isLatinScript(script)) return latinPlausibility(text, script);
  const common = isAlphabetic(script) ? letters[script] : commonCharacters(encoding);
  let foreign = 0;
  let points = 0;
  let before = 32;
  for (const character of text) {
    const unit = character.codePointAt(0) ?? 0;
    if (unit >= 128) {
      foreign++;
      points += isAlphabetic(script)
        ? letterWeight(character, common, before)
        : ideographWeight(character, unit, script, common);
    } else if (before > 0xbf && isLatin(unit) && isAlphabetic(script)) points -= 0.6;
    before = unit;
  }
  return { score: foreign === 0 ? 0 : points / foreign, foreign };
}

/** In these scripts, non-ASCII letters occur between ASCII letters; a run of them indicates another encoding. */
function latinPlausibility(text: string, script: Latin): EncodingScore {
  const counts = new Map<string, number>();
  let foreign = 0;
  let points = 0;
  let before = 32;
  // In Portuguese, õ occurs only before e; any other õ (written ȯ here) is Estonian, or a misread Hungarian ő.
  for (const character of text.replaceAll(/õ(?!e)/g, "ȯ")) {
    const unit = character.codePointAt(0) ?? 0;
    if (unit >= 128) {
      foreign++;
      counts.set(character, (counts.get(character) ?? 0) + 1);
      if (unit > 0xbf && before > 0xbf) points -= 0.5;
    } else if ((before === copyright || before === registered) && unit >= 97 && unit <= 122) points -= 1.1;
    before = unit;
  }
  if (foreign === 0) return { score: 0, foreign };
  const fits = alphabets[script].map((alphabet) => {
    let own = 0;
    for (const [character, count] of counts) if (alphabet.has(character)) own += count;
    return own;
  });
  const own = Math.max(...fits);
  return { score: (points + own * 0.7 - (foreign - own) * 0.4) / foreign, foreign };
}

const copyright = 0xa9;
const registered = 0xae;

const commonSets = new Map<string, ReadonlySet<string>>();

function commonCharacters(encoding: string): ReadonlySet<string> {
  let common = commonSets.get(encoding);
  if (common === undefined) {
    const [from, to] = commonLeads[encoding] ?? [0, -1];
    const bytes: number[] = [];
    for (let lead = from; lead <= to; lead++) {
      const trails = encoding === "big5" || encoding === "shift_jis" ? 0x40 : 0xa1;
      for (let trail = trails; trail < 0xff; trail++) bytes.push(lead, trail, 0x20);
    }
    common = new Set(new TextDecoder(encoding).decode(Uint8Array.from(bytes)));
    commonSets.set(encoding, common);
  }
  return common;
}

function ideographWeight(
  character: string,
  unit: number,
  script: Ideographic,
  common: ReadonlySet<string>,
): number {
  if (unit === 0xfffd) return -1;
  if (unit >= 0xe000 && unit <= 0xf8ff) return -3;
  if (unit >= 0x3000 && unit <= 0x303f) return 0.6;
  if (unit >= 0xff01 && unit <= 0xff5e) return 0.4;
  if (script === "korean") return isHangul(unit) ? (common.has(character) ? 0.9 : -0.3) : -0.6;
  if (isHan(unit)) {
    const frequent = script === "chinese" ? 1 : 0.7;
    return frequentHan.has(character) ? frequent : common.has(character) ? 0.4 : 0;
  }
  if (unit >= 0xff61 && unit <= 0xff9f) return -0.5;
  return script === "japanese" && isKana(unit) ? 1 : -0.3;
}

/** A word has letters of one script; a capital within a word is typical of the wrong Cyrillic encoding. */
function letterWeight(character: string, common: ReadonlySet<string>, before: number): number {
  if (isLatin(before)) return -0.6;
  // A single letter is weak evidence: É in Portuguese is и in KOI8-R.
  if (before < 128) return common.has(character) ? 0.4 : -0.1;
  return common.has(character) ? 1 : isCapital(character) ? -0.5 : -0.1;
}

function isLatinScript(script: CharsetScript): script is Latin {
  return script in alphabets;
}

/** Scripts whose words contain no ASCII letters. */
function isAlphabetic(script: CharsetScript): script is Alphabetic {
  return script in letters;
}

function isLatin(unit: number): boolean {
  const letter = unit | 32;
  return letter >= 97 && letter <= 122;
}

function isCapital(character: string): boolean {
  return character !== character.toLowerCase();
}

function isHangul(unit: number): boolean {
  return unit >= 0xac00 && unit <= 0xd7a3;
}

function isKana(unit: number): boolean {
  return unit >= 0x3041 && unit <= 0x30ff;
}

function isHan(unit: number): boolean {
  return (
    (unit >= 0x3400 && unit <= 0x9fff) ||
    (unit >= 0xf900 && unit <= 0xfaff) ||
    (unit >= 0x20000 && unit <= 0x3ffff)
  );
}
