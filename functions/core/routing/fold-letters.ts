/** Letters that Unicode does not decompose, as they are written without their diacritics. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ħ: "h",
  ł: "l",
  ŧ: "t",
  ŋ: "n",
  ı: "i",
  ς: "σ",
};

const special = new RegExp(`[${Object.keys(plainLetters).join("")}]`, "gu");

/** Latin and Greek letters with the marks that Unicode decomposes them into. */
const accented = /([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu;

/** Points and vowel signs that Hebrew and Arabic usually omit, and the Arabic letter that only stretches a word. */
const optionalMarks = /[\u0591-\u05C7\u0610-\u061A\u064B-\u0652\u0670\u0640]+/gu;

/**
 * The text in a form in which equal words are equal strings: without case, width and compatibility differences (NFKD),
 * without the diacritics of Latin and Greek letters, without Hebrew points and Arabic vowel signs, and with е for ё.
 * Marks that make another letter stay: й is not и, が is not か.
 */
export function foldLetters(text: string): string {
  const lower = text.normalize("NFKD").replace(accented, "$1").toLowerCase();
  const plain = lower.replace(special, (letter) => plainLetters[letter] ?? letter).replace(optionalMarks, "");
  return plain.normalize("NFC").replaceAll("ё", "е");
}
