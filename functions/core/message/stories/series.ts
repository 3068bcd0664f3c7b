import { folded } from "./tokens.ts";

/**
 * Numbers that say which one of a series a report is about, by what they number: quarter, round, stage, version,
 * issue. Two reports with different numbers of the same series are about different events.
 */
export type Labels = ReadonlyMap<string, ReadonlySet<string>>;

const ordinals = [
  "first|erste[nrs]?|premi[eè]re?|primer[oa]?",
  "second|zweite[nrs]?|deuxième|segund[oa]",
  "third|dritte[nrs]?|troisième|tercer[oa]?",
  "fourth|vierte[nrs]?|quatrième|cuart[oa]",
  "fifth|fünfte[nrs]?|cinquième|quint[oa]",
];
/** Nouns that form series which reports follow one by one. */
const nouns =
  "quarter|quartal|trimestre|round|runde|stage|etappe|[eé]tape|etapa|test|game|spiel|match|edition|season|staffel|saison|temporada|episode|episodio|[eé]pisode|teil|part|spieltag|day|tag|jornada|journée";
/** An ordinal with its noun: the first groups are the ordinals in their order, the last one is the noun. */
const ordinalOfSeries = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${ordinals.map((words) => `(${words})`).join("|")})[\\s-](${nouns})`,
  "giu",
);

const numbered =
  /(?<![\p{L}\p{N}])(\p{L}[\p{L}\p{M}]{2,20})[\s-]{1,2}(\d{1,3}(?:\.\d{1,3}){0,3})(?![\p{N}.,%]|:\d|[\s-]?[\p{L}€$£%])/gu;
const version =
  /(?<![\p{L}\p{N}.])(?:v(\d{1,4}(?:\.\d{1,4}){0,3})|(\d{1,4}(?:\.\d{1,4}){2,3}))(?![\p{L}\p{N}.])/giu;
const quarterSign = /(?<![\p{L}\p{N}])(?:[QTq]([1-4])|([1-4])[QT])(?![\p{L}\p{N}])/gu;
const cjkLabel =
  /第?([\d一二三四五六七八九十]{1,3})(号|號|期|轮|輪|回|届|屆|話|巻|季度|四半期|场|場|局|日目|回戦|回目|节|節)/gu;
const months = /(\d{1,2})\s?[~〜～－-]\s?(\d{1,2})月期?/gu;

/** UTF-16 code units of a summary that are read. */
const maxRead = 600;

const cjkDigits = "一二三四五六七八九";
const digit = (text: string): string => {
  const at = cjkDigits.indexOf(text);
  return at < 0 ? text : String(at + 1);
};

/** The labels of a report. A number after a word, as in `Stage 9`, is one only in the title: in running text it counts things. */
export function labelsOf(title: string, summary: string): Labels {
  const head = title.normalize("NFKC");
  const text = `${head}\n${summary.slice(0, maxRead).normalize("NFKC")}`;
  const labels = new Map<string, Set<string>>();
  const add = (name: string, value: string): void => {
    const values = labels.get(name);
    if (values) values.add(value);
    else labels.set(name, new Set([value]));
  };
  for (const match of text.matchAll(ordinalOfSeries)) {
    const noun = match[ordinals.length + 1] ?? "";
    add(seriesName(noun), String(match.findIndex((group, at) => at > 0 && group !== undefined)));
  }
  for (const match of text.matchAll(quarterSign)) add("quarter", match[1] ?? match[2] ?? "");
  for (const match of text.matchAll(cjkLabel)) add(match[2] ?? "", digit(match[1] ?? ""));
  for (const match of text.matchAll(months)) add("months", `${match[1]}-${match[2]}`);
  for (const match of head.matchAll(version)) add("version", match[1] ?? match[2] ?? "");
  for (const match of head.matchAll(numbered)) add(seriesName(match[1] ?? ""), match[2] ?? "");
  return labels;
}

function seriesName(noun: string): string {
  const name = folded(noun);
  return /^(?:quart|trimes)/.test(name) ? "quarter" : name.slice(0, 6);
}

const score = /(?<![\p{L}\p{N}.,:–-])(\d{1,3})\s?([-–−:比])\s?(\d{1,3})(?![\p{L}\p{N}:–-]|[.,]\d)/gu;
const timeOfDay = /^(?:[01]?\d|2[0-3]):[0-5]\d$/;

/** The results of matches in a text, the larger number first. */
export function scoresOf(text: string): ReadonlySet<string> {
  const scores = new Set<string>();
  for (const match of text.normalize("NFKC").matchAll(score)) {
    const [whole, left = "", sign, right = ""] = match;
    if (sign === ":" && timeOfDay.test(whole.replace(/\s/g, ""))) continue;
    const [high, low] = [Number(left), Number(right)].sort((a, b) => b - a) as [number, number];
    scores.add(`${high}-${low}`);
  }
  return scores;
}

/** Whether both have numbers of the same series, or results, and none in common. */
export function contradicts(a: Labels, b: Labels): boolean {
  for (const [name, values] of a) {
    const others = b.get(name);
    if (others && isDisjoint(values, others)) return true;
  }
  return false;
}

/** Whether both sets have members and none in common. */
export function isDisjoint(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size === 0 || b.size === 0) return false;
  for (const value of a) if (b.has(value)) return false;
  return true;
}
