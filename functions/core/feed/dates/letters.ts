/** Zeros of the decimal digits that dates are written with; NFKC changes only the fullwidth ones to ASCII. */
const zeros = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50,
  0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810,
];

/** The text with the digits of every script as ASCII digits: Arabic-Indic, Persian, Devanagari, Thai and others. */
export function asciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0) ?? 0;
    const zero = zeros.find((first) => point >= first && point < first + 10);
    return zero === undefined ? digit : String(point - zero);
  });
}

/**
 * The text in the one spelling that names are compared in: lower case, Latin and Greek letters without their marks,
 * Arabic letters without vowel signs and in one form each, Hindi without nukta, without joiners and elided articles.
 */
export function foldLetters(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/(?<=[\p{Script=Latin}\p{Script=Greek}])\p{M}{1,8}/gu, "")
    .normalize("NFC")
    .replace(/[\u064B-\u065F\u0670\u093C\u200C\u200D]/g, "")
    .replaceAll("म्ब", "ंब")
    .replace(/[أإآٱ]/g, "ا")
    .replace(/[یى]/g, "ي")
    .replaceAll("ک", "ك")
    .replaceAll("ı", "i")
    .replaceAll("ł", "l")
    .replaceAll("ς", "σ")
    .replace(/[ʼ’]/g, "'")
    .replace(/(?<!\p{L})d'(?=\p{L})/gu, "");
}
