/** A number as a text states it. */
export interface Quantity {
  /** Decimal notation without separators, scale applied. */
  readonly value: string;
  /** Currency sign, `%`, or the first letters of the next word; empty if there is none. */
  readonly unit: string;
}

/** Words of scale with their ends, and single characters. */
const scales: readonly (readonly [RegExp, number])[] = [
  [/^\s?(?:k\b|tausend|thousand|mille?\b|mil\b|千)/iu, 1e3],
  [/^\s?[万萬]/u, 1e4],
  [/^\s?(?:m\b|mn\b|mio\b|mill(?:ion|ón|on)\p{L}{0,3})/iu, 1e6],
  [/^\s?[亿億]/u, 1e8],
  [/^\s?(?:bn\b|b\b|mrd\b|billions?|milliarden?|milliards?)/iu, 1e9],
];

/** A number that is part of a date or a time of day. */
const dateUnit = /^\s?(?:日(?!目)|月|年|时|時|点|點|分|am\b|pm\b|a\.m|p\.m|uhr|h\b|heures?\b)/iu;
const unitWord = /^[\s-]?([\p{L}%°‰]{1,12})/u;

/** A number with its scale and unit; `undefined` for parts of dates and for years. */
export function numberOf(
  digits: string,
  { before, after }: { readonly before: string; readonly after: string },
): Quantity | undefined {
  const plain = plainNumber(digits);
  if (plain === undefined || dateUnit.test(after)) return undefined;
  const scale = scales.find(([words]) => words.test(after));
  const value = scale ? String(Math.round(Number(plain) * scale[1])) : plain;
  if (!scale && /^(?:19|20)\d\d$/.test(value)) return undefined;
  const currency = /[$€£¥]\s?$/u.exec(before)?.[0].trim();
  const rest = scale ? after.replace(scale[0], "") : after;
  return { value, unit: currency ?? unitAfter(rest) };
}

/** The first letters of the word directly after a number, or its sign or ideograph; empty if there is none. */
export function unitAfter(text: string): string {
  const word = unitWord.exec(text)?.[1]?.toLowerCase() ?? "";
  // Chinese and Japanese counters have one character; the words after them differ.
  return word.slice(0, word.charCodeAt(0) >= firstCjk ? 1 : 5);
}

/** No Chinese or Japanese character is below: the start of CJK Radicals Supplement. */
const firstCjk = 0x2e80;

/** The number without group separators; `undefined` for a time of day. */
function plainNumber(digits: string): string | undefined {
  const ascii = digits.normalize("NFKC").replace(/ /g, "");
  if (ascii.includes(":")) return undefined;
  if (/^\d{1,3}(?:[.,]\d{3})+$/.test(ascii)) return ascii.replace(/[.,]/g, "");
  const value = Number(ascii.replace(",", "."));
  return Number.isFinite(value) ? String(value) : undefined;
}
