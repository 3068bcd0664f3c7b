/** Chinese characters and kana, as the inside of a character class. */
export const cjkLetters = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}";

/** Letters of scripts that put no spaces between words, as the inside of a character class. */
export const spacelessLetters = `${cjkLetters}\\p{Script=Bopomofo}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}`;

/** Scripts without spaces between words: a line may break between any two words. */
export const spaceless = new RegExp(`[${spacelessLetters}\\u3000-\\u303E\\uFF01-\\uFF60]`, "u");
