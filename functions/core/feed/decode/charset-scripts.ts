/**
 * The most frequent characters of each script, as far as needed to distinguish encodings. Compiled from the letter
 * frequencies of news texts.
 */
export const frequentHan = new Set(
  "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于着著下自之年过過发發后後作里裡用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心她本前开開但因只从從想实實日军軍者意无無力它与與长長把机機十民第公此已工使情明性知全三又关關点點正业業外将將两兩高间間由问問很最重并物手应應战戰向头頭文体體政美相见見被利什二等产產或新己制身果加西斯月话話合回特代内內信表化老给給世位次度门門任常先海通教儿兒原东東声聲提立及比员員解水名真论論处處走义義各入几幾口认認条條平系气氣题題活尔爾更别別打女变變四神总總何电電数數安少报報才结結反受目太量再感建务務做接必场場件计計管期市直德资資命山金指克许許统統区區保至队隊形社便空决決治展马馬科司五基眼书書非则則听聽白却卻界达達光放强強即像难難且权權思王象完设設式色路记記南品住告类類求据據程北边邊死张張该該交规規万萬取拉格望觉覺术術领領共确確传傳师師观觀清今切院让讓识識候带帶导導争爭运運台湾灣新闻聞头头条條專专業移歸归移民漫畫画作系列",
);
/** The most frequent letters of non-Latin scripts. */
export const letters = {
  cyrillic: new Set("оеаинтсрвлкмдпуяызьбгчйхжш"),
  greek: new Set("αοιετσνηυρπκμλςάίόέω"),
  hebrew: new Set("יוהלאתרמשבנדקחעפסגםטןצכ"),
  arabic: new Set("اليمنتوربةعدسفهكقحجأشطصخ"),
  thai: new Set("านรอกเงมยลวดทสตะปบคหแจพชขใไโผ่้ัีิุู็์"),
} as const;

const signs = "’‘“”„‚–—…«»€°£§©®·•´¿¡ºª\u00a0";
/**
 * The non-ASCII letters of languages with Latin script. A text is in one language: if all its letters belong to one
 * language, this distinguishes encodings in which each letter alone is plausible.
 */
export const alphabets = {
  latin: languages(
    "àâæçéèêëîïôœùûüÿ äöüß áéíñóúü áâãàçéêíóôõúü àèéìíîòóùú áèéëïíóöúü åäöæøéè áðéíóúýþæö äõȯöüšž àçèéíïòóúü",
  ),
  central: languages("ąćęłńóśźż áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž áéíóöőúüű ăâîşţ čćđšž äöüß"),
  turkish: languages("çğıöşüâîû"),
} as const;

function languages(lowered: string): readonly ReadonlySet<string>[] {
  return lowered.split(" ").map((one) => new Set(one + one.toUpperCase() + signs));
}

/** Scripts whose letters occur between ASCII letters. */
export type Latin = keyof typeof alphabets;
/** Scripts whose words contain no ASCII letters. */
export type Alphabetic = keyof typeof letters;
/** Scripts with two-byte encodings. */
export type Ideographic = "chinese" | "japanese" | "korean";
/** The script that an encoding is intended for. */
export type CharsetScript = Latin | Alphabetic | Ideographic;

/** The candidate encodings; if two are equally likely, the first wins. */
export const candidates: readonly (readonly [encoding: string, script: CharsetScript])[] = [
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

/** The script of a language: a small bonus if two encodings are about equally likely. */
export const scriptOfLanguage: Readonly<Record<string, CharsetScript>> = {
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

/** Lead bytes of the common characters, which two-byte encodings order first. */
export const commonLeads: Readonly<Record<string, readonly [from: number, to: number]>> = {
  gb18030: [0xb0, 0xd7],
  big5: [0xa4, 0xc6],
  "euc-jp": [0xb0, 0xcf],
  shift_jis: [0x88, 0x97],
  "euc-kr": [0xb0, 0xc8],
};
