/**
 * Languages in which text without accents is customary where a device lacks them, such as old telephones: the words stay
 * clear. No standard lists them; a language whose custom is not known keeps its letters. So do those in which the letters
 * carry too much: without them Turkish `sıkışınca` or `kır` is another word, Vietnamese loses its tones, Estonian õ, š and
 * ž, Azerbaijani ə, Maltese ħ and Irish long vowels are other sounds and often other words. BCP 47 primary subtags.
 */
export const accentsOptional: ReadonlySet<string> = new Set(
  (
    "af bs ca cs da de en eo es eu fi fil fo fr fy gl hr hu id is it lb lt lv ms nb nl nn no oc pl pt rm ro sh sk sl sq sr " +
    "sv sw tl"
  ).split(" "),
);

/** Replacements for letters; of two small letters, the second stays small after a capital. */
export type Spellings = Readonly<Record<string, string>>;

/** Letters and ligatures that Unicode does not decompose (Unicode CLDR, transform Latin-ASCII; ICAO Doc 9303-3, section 6). */
export const plainLetters: Spellings = {
  ł: "l",
  Ł: "L",
  đ: "d",
  Đ: "D",
  ħ: "h",
  Ħ: "H",
  ð: "d",
  Ð: "D",
  þ: "th",
  Þ: "Th",
  ı: "i",
  ª: "a",
  º: "o",
  œ: "oe",
  Œ: "OE",
  ĳ: "ij",
  Ĳ: "IJ",
  ẞ: "SS",
  ﬀ: "ff",
  ﬁ: "fi",
  ﬂ: "fl",
  ﬃ: "ffi",
  ﬄ: "ffl",
};

const southSlavic: Spellings = { đ: "dj", Đ: "Dj" };

/**
 * Customary spellings that differ from the letter without its accent, by language. German ä, ö, ü and ß, and Scandinavian
 * å, ä, æ, ö and ø need none: GSM-7 has them (3GPP TS 23.038, 6.2.1).
 */
export const customarySpellings: Readonly<Record<string, Spellings>> = {
  // ISO 8859-1 and GSM-7 have the short ö and ü, but not the long ő and ű: the short letter is nearer than o and u.
  hu: { ő: "ö", Ő: "Ö", ű: "ü", Ű: "Ü" },
  // The apostrophe replaces the accent of capitals, which Italian keyboards lack.
  it: { À: "A'", È: "E'", Ì: "I'", Ò: "O'", Ù: "U'" },
  // Institute for the Languages of Finland, Kielitoimiston ohjepankki, 'š ja ž'.
  fi: { š: "sh", Š: "Sh", ž: "zh", Ž: "Zh" },
  // Ljudevit Gaj's alphabet of 1835 wrote dj for đ, and so does text without the letter; CLDR's d is another sound.
  bs: southSlavic,
  hr: southSlavic,
  sh: southSlavic,
  sl: southSlavic,
  sr: southSlavic,
  // Fundamento de Esperanto, remark on the alphabet: h after the letter, and u for ŭ.
  eo: {
    ĉ: "ch",
    Ĉ: "Ch",
    ĝ: "gh",
    Ĝ: "Gh",
    ĥ: "hh",
    Ĥ: "Hh",
    ĵ: "jh",
    Ĵ: "Jh",
    ŝ: "sh",
    Ŝ: "Sh",
  },
};
