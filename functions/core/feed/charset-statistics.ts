/**
 * Which characters a text in a given script is mostly made of: enough to tell encodings apart, no more.
 * Drawn up from the letter frequencies of news texts.
 */
const frequentHan = new Set(
  "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于着著下自之年过過发發后後作里裡用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心她本前开開但因只从從想实實日军軍者意无無力它与與长長把机機十民第公此已工使情明性知全三又关關点點正业業外将將两兩高间間由问問很最重并物手应應战戰向头頭文体體政美相见見被利什二等产產或新己制身果加西斯月话話合回特代内內信表化老给給世位次度门門任常先海通教儿兒原东東声聲提立及比员員解水名真论論处處走义義各入几幾口认認条條平系气氣题題活尔爾更别別打女变變四神总總何电電数數安少报報才结結反受目太量再感建务務做接必场場件计計管期市直德资資命山金指克许許统統区區保至队隊形社便空决決治展马馬科司五基眼书書非则則听聽白却卻界达達光放强強即像难難且权權思王象完设設式色路记記南品住告类類求据據程北边邊死张張该該交规規万萬取拉格望觉覺术術领領共确確传傳师師观觀清今切院让讓识識候带帶导導争爭运運台湾灣新闻聞头头条條專专業移歸归移民漫畫画作系列",
);
const topLetters = {
  cyrillic: new Set("оеаинтсрвлкмдпуяызьбгчйхжш"),
  greek: new Set("αοιετσνηυρπκμλςάίόέω"),
  hebrew: new Set("יוהלאתרמשבנדקחעפסגםטןצכ"),
  arabic: new Set("اليمنتوربةعدسفهكقحجأشطصخ"),
  thai: new Set("านรอกเงมยลวดทสตะปบคหแจพชขใไโผ่้ัีิุู็์"),
  latin: new Set("éèàçêîôùâûëïüöäßáíóúñãõåæøœÉÀÇÖÄÜØÅÆÑÁÓ’‘“”–—…«»€°£©®·•´¿¡ºª "),
  central: new Set("ąćęłńóśźżáčďéěíňóřšťúůýžäôĺľŕőűöüăâîșțşţ„”’–"),
  turkish: new Set("ığşçöüİŞĞÇÖÜâ’“”"),
} as const;

type Script = keyof typeof topLetters | "chinese" | "japanese" | "korean";

const candidates: readonly (readonly [encoding: string, script: Script])[] = [
  ["gb18030", "chinese"],
  ["big5", "chinese"],
  ["euc-jp", "japanese"],
  ["shift_jis", "japanese"],
  ["euc-kr", "korean"],
  ["windows-1251", "cyrillic"],
  ["koi8-r", "cyrillic"],
  ["iso-8859-5", "cyrillic"],
  ["windows-1252", "latin"],
  ["windows-1250", "central"],
  ["iso-8859-2", "central"],
  ["windows-1254", "turkish"],
  ["windows-1253", "greek"],
  ["windows-1255", "hebrew"],
  ["windows-1256", "arabic"],
  ["windows-874", "thai"],
];

/** What a language says of its script, as a small push where two readings are about as likely. */
const scriptOfLanguage: Readonly<Record<string, Script>> = {
  zh: "chinese",
  ja: "japanese",
  ko: "korean",
  ru: "cyrillic",
  uk: "cyrillic",
  bg: "cyrillic",
  sr: "cyrillic",
  el: "greek",
  he: "hebrew",
  iw: "hebrew",
  ar: "arabic",
  fa: "arabic",
  th: "thai",
  pl: "central",
  cs: "central",
  sk: "central",
  hu: "central",
  ro: "central",
  hr: "central",
  sl: "central",
  tr: "turkish",
  en: "latin",
  de: "latin",
  fr: "latin",
  es: "latin",
  it: "latin",
  pt: "latin",
  nl: "latin",
  sv: "latin",
  da: "latin",
  no: "latin",
  fi: "latin",
};

const sampleLength = 64 * 1024;

/**
 * The encoding in which bytes that are no UTF-8 read most like a language; `windows-1252` where nothing does (the
 * WHATWG Encoding Standard's own fallback).
 */
export function guessEncoding(bytes: Uint8Array, language?: string): string {
  return bestReading(bytes, language).encoding;
}

/** The declared encoding, unless the bytes read like nothing in it and like a language in another. */
export function confirmEncoding(bytes: Uint8Array, declared: string, language?: string): string {
  const script = candidates.find(
    ([encoding]) => encoding === (declared === "gbk" ? "gb18030" : declared),
  )?.[1];
  if (script === undefined) return declared;
  const text = decodeWhole(bytes.subarray(0, sampleLength), declared);
  const own = text === undefined ? 0 : plausibility(text, script).score;
  if (own >= 0.5) return declared;
  const best = bestReading(bytes, language);
  return best.foreign >= 8 && best.score > 0.45 && best.score - own > 0.4 ? best.encoding : declared;
}

function bestReading(
  bytes: Uint8Array,
  language: string | undefined,
): { encoding: string; score: number; foreign: number } {
  const sample = bytes.subarray(0, sampleLength);
  const expected = scriptOfLanguage[language?.slice(0, 2) ?? ""];
  let best = { encoding: "windows-1252", score: 0.25, foreign: 0 };
  for (const [encoding, script] of candidates) {
    const text = decodeWhole(sample, encoding);
    if (text === undefined) continue;
    const { score: plain, foreign } = plausibility(text, script);
    const score = plain + (script === expected ? 0.15 : 0);
    if (score > best.score) best = { encoding, score, foreign };
  }
  return best;
}

/** How many U+FFFD an encoding leaves per character that is not ASCII. */
export function errorShare(bytes: Uint8Array, encoding: string): number {
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, sampleLength), { stream: true });
  let foreign = 0;
  let broken = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 128) continue;
    foreign++;
    if (unit === 0xfffd) broken++;
  }
  return foreign === 0 ? 0 : broken / foreign;
}

function decodeWhole(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    // `stream` forgives the character that the sample's end cuts.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

/** How much a text looks like its script, from below 0 to 1, and the number of its characters beyond ASCII. */
function plausibility(text: string, script: Script): { score: number; foreign: number } {
  let foreign = 0;
  let points = 0;
  let before = 32;
  for (const character of text) {
    const unit = character.codePointAt(0) ?? 0;
    if (unit >= 128) {
      foreign++;
      points += weight(character, unit, script, before);
    } else if (before > 0xbf && isLatin(unit) && isAlphabetic(script)) points -= 0.6;
    before = unit;
  }
  return { score: foreign === 0 ? 0 : points / foreign, foreign };
}

function weight(character: string, unit: number, script: Script, before: number): number {
  if (unit >= 0xe000 && unit <= 0xf8ff) return -3;
  if (unit >= 0x3000 && unit <= 0x303f) return 0.6;
  if (unit >= 0xff01 && unit <= 0xff5e) return 0.4;
  if (script === "chinese")
    return isKana(unit) ? -0.3 : isHan(unit) ? (frequentHan.has(character) ? 1 : 0.15) : -0.3;
  if (script === "japanese") {
    if (unit >= 0xff61 && unit <= 0xff9f) return -0.5;
    return isKana(unit) ? 1 : isHan(unit) ? (frequentHan.has(character) ? 0.6 : 0.15) : -0.3;
  }
  if (script === "korean") return unit >= 0xac00 && unit <= 0xd7a3 ? 0.9 : -0.6;
  const isTop = topLetters[script].has(character);
  if (!isAlphabetic(script)) {
    // In these scripts a letter stands among ASCII letters; a run of foreign ones is another encoding.
    return (isTop ? 0.7 : -0.4) - (unit > 0xbf && before > 0xbf ? 0.5 : 0);
  }
  // Letters of two scripts don't stand in one word, and a capital amid a word is what the wrong Cyrillic encoding gives.
  if (isLatin(before)) return -0.6;
  return isTop ? 1 : isCapital(character) && before >= 128 ? -0.5 : -0.1;
}

type Alphabet = keyof typeof topLetters;

/** Scripts whose words hold none of ASCII's letters. */
function isAlphabetic(script: Script): script is Exclude<Alphabet, "latin" | "central" | "turkish"> {
  return (
    script === "cyrillic" ||
    script === "greek" ||
    script === "hebrew" ||
    script === "arabic" ||
    script === "thai"
  );
}

function isLatin(unit: number): boolean {
  const letter = unit | 32;
  return letter >= 97 && letter <= 122;
}

function isCapital(character: string): boolean {
  return character !== character.toLowerCase();
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
