/** Values of number words by language; words for one are articles too and are left out. */
const units: Readonly<Record<string, string>> = {
  en: "2 two 3 three 4 four 5 five 6 six 7 seven 8 eight 9 nine 10 ten 11 eleven 12 twelve 13 thirteen 14 fourteen 15 fifteen 16 sixteen 17 seventeen 18 eighteen 19 nineteen 20 twenty 30 thirty 40 forty 50 fifty 60 sixty 70 seventy 80 eighty 90 ninety 100 hundred 1000 thousand 1000000 million",
  de: "2 zwei 3 drei 4 vier 5 funf 6 sechs 7 sieben 8 acht 9 neun 10 zehn 11 elf 12 zwolf 13 dreizehn 14 vierzehn 15 funfzehn 16 sechzehn 17 siebzehn 18 achtzehn 19 neunzehn 20 zwanzig 30 dreißig 40 vierzig 50 funfzig 60 sechzig 70 siebzig 80 achtzig 90 neunzig 100 hundert 1000 tausend 1000000 million 1000000 millionen",
  fr: "2 deux 3 trois 4 quatre 5 cinq 6 six 7 sept 8 huit 9 neuf 10 dix 11 onze 12 douze 13 treize 14 quatorze 15 quinze 16 seize 20 vingt 30 trente 40 quarante 50 cinquante 60 soixante 100 cent 100 cents 1000 mille 1000000 million 1000000 millions",
  es: "2 dos 3 tres 4 cuatro 5 cinco 6 seis 7 siete 8 ocho 9 nueve 10 diez 11 once 12 doce 13 trece 14 catorce 15 quince 16 dieciseis 17 diecisiete 18 dieciocho 19 diecinueve 20 veinte 30 treinta 40 cuarenta 50 cincuenta 60 sesenta 70 setenta 80 ochenta 90 noventa 100 cien 100 ciento 200 doscientos 200 doscientas 300 trescientos 300 trescientas 400 cuatrocientos 400 cuatrocientas 500 quinientos 500 quinientas 600 seiscientos 600 seiscientas 700 setecientos 800 ochocientos 900 novecientos 1000 mil 1000000 millon 1000000 millones",
};

const valuesByLanguage = new Map(
  Object.entries(units).map(([language, list]) => {
    const parts = list.split(" ");
    const words = parts.filter((_, at) => at % 2 === 1);
    return [language, new Map(words.map((word, at) => [word, Number(parts[2 * at])]))];
  }),
);

/** The value of a number that is written as one word. `word`: in lower case, without diacritics. `language`: primary subtag. */
export function numberWord(word: string, language: string): number | undefined {
  const values = valuesByLanguage.get(language);
  if (!values) return undefined;
  return values.get(word) ?? (language === "de" ? germanNumber(word, values) : undefined);
}

/** A German compound, such as `fünfundzwanzig` or `zweihundertdreißig`. */
function germanNumber(word: string, values: ReadonlyMap<string, number>): number | undefined {
  for (const [scale, factor] of [
    ["tausend", 1000],
    ["hundert", 100],
  ] as const) {
    const at = word.indexOf(scale);
    if (at < 0) continue;
    const [before, after] = [word.slice(0, at), word.slice(at + scale.length)];
    const times =
      before === "" || before === "ein" ? 1 : (values.get(before) ?? germanNumber(before, values));
    const rest = after === "" ? 0 : (values.get(after) ?? germanNumber(after, values));
    return times === undefined || rest === undefined ? undefined : times * factor + rest;
  }
  const und = word.indexOf("und", 2);
  if (und < 0) return undefined;
  const ones = word.slice(0, und) === "ein" ? 1 : values.get(word.slice(0, und));
  const tens = values.get(word.slice(und + 3));
  return ones !== undefined && ones < 10 && tens !== undefined && tens >= 20 && tens < 100
    ? tens + ones
    : undefined;
}

/** The value of a number and the number word after it, as in `two thousand five hundred`; `undefined` if they are two numbers. */
export function combined(before: number, next: number): number | undefined {
  if (next >= 100 && [100, 1000, 1_000_000].includes(next) && before < next) return before * next;
  const rest = before % 1000;
  if (next === 100 && before > 1000 && rest > 0 && rest < 10) return before - rest + rest * 100;
  if (next < before && before >= 20 && before % roundUp(next) === 0) return before + next;
  if (next === 1000 && before < 1000) return before * 1000;
  return undefined;
}

/** The smallest power of ten above a number. */
const roundUp = (value: number): number => 10 ** String(value).length;

const digits = "零一二三四五六七八九";
const numerals = /[一二两兩三四五六七八九十][一二两兩三四五六七八九十百千〇零万萬]{1,12}/gu;
const scale = /[十百千万萬]/u;
const counted = /([二两兩三四五六七八九])(?=[名人件架台家所座个個头頭隻只棟栋])/gu;
/** As in `1万2000`. */
const mixed = /(\d{1,4})[万萬](\d{1,4})(?![\d.,])/gu;

/** A Chinese or Japanese text with its numerals as digits. */
export function withDigits(text: string): string {
  return text
    .replace(numerals, (numeral) =>
      scale.test(numeral) ? String(valueOfNumeral(numeral) ?? numeral) : numeral,
    )
    .replace(counted, (numeral) => String(digitOf(numeral)))
    .replace(mixed, (_, high: string, low: string) => String(Number(high) * 10_000 + Number(low)));
}

const digitOf = (character: string): number =>
  character === "两" || character === "兩" ? 2 : character === "〇" ? 0 : digits.indexOf(character);

/** The value of a Chinese or Japanese numeral; `undefined` if its characters form none. */
export function valueOfNumeral(numeral: string): number | undefined {
  let total = 0;
  let section = 0;
  let digit = 0;
  for (const character of numeral) {
    const factor = { 十: 10, 百: 100, 千: 1000, 万: 10_000, 萬: 10_000 }[character];
    if (factor === undefined) {
      digit = digit * 10 + digitOf(character);
    } else if (factor === 10_000) {
      total = (total + section + digit) * factor;
      section = digit = 0;
    } else {
      section += (digit || 1) * factor;
      digit = 0;
    }
  }
  const value = total + section + digit;
  return value > 0 && value < 1e9 ? value : undefined;
}
