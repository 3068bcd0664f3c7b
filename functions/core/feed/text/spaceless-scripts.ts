/** Chinese characters and kana, as the inside of a character class. */
export const cjkLetters = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}";

/** Letters of scripts that put no spaces between words, as the inside of a character class. */
export const spacelessLetters = `${cjkLetters}\\p{Script=Bopomofo}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}`;
