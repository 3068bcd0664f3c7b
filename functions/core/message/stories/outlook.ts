/** Words of a language in pieces about an event to come. */
interface OutlookWords {
  /** In titles and texts of announcements. */
  readonly announcement: string;
  /** In titles of announcements only. */
  readonly title: string;
  /** In announcements, and in reports too. */
  readonly hint: string;
}

/** By primary subtag. */
const words: Readonly<Record<string, OutlookWords>> = {
  en: {
    announcement: String.raw`\b(?:previews?|how to watch|what to expect|team news|predicted line-?ups?|kick-?off)\b`,
    title: String.raw`\b(?:v|vs)\.? |\b(?:predictions?|look to|looks to|looking to|set to face|ahead of)\b`,
    hint: String.raw`\b(?:tonight|tomorrow|ahead of|polls open|go(?:es)? to the polls|goes before|what to (?:know|watch)|set to|due to (?:start|begin|open|vote|be)|gets? under ?way|kicks? off|awaits?|(?:is|are) (?:widely )?expected to|(?:economists|analysts) expect|questions before|before (?:mon|tues|wednes|thurs|fri|satur|sun)day|on the eve|will (?:decide|vote|face|meet|play|launch|take place|be held|find out|open)|(?:starts?|begins?|opens?) (?:at|on|next))\b`,
  },
  de: {
    announcement: String.raw`\b(?:vorschau|anwurf|ansto(?:ß|ss) (?:ist|um)|anpfiff|alles zum|erwarten d[üu]rfen|vor dem spiel)\b`,
    title: String.raw`\b(?:ausblick|empf[äa]ngt|trifft (?:heute|auf|zum)|spielt gegen)\b`,
    hint: String.raw`\b(?:heute (?:abend|nachmittag)|am (?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)(?:abend)? (?:wird|werden|will|wollen|soll|sollen|erwartet|empfängt|entscheidet|stimmt)|morgen (?:früh|abend|wird|soll)|vor de[mr] (?:start|spiel|derby|finale|börsengang|abstimmung|wahl|entscheidung|gipfel|rückspiel)|steht bevor|dürften?|lohnt sich|abstimm(?:t|en) über|worüber|wissen (?:müssen|sollten)|beginnt um|um \d{1,2}(?:[.:]\d\d)? uhr|erwarten|rechnen damit)\b`,
  },
  fr: {
    announcement: `avant-match|profil et favoris|coup d['’]envoi|présentation du match|compositions? probables?`,
    title: String.raw`\b(?:reçoit|r[êe]vent de|s['’]annonce)\b`,
    hint: String.raw`\b(?:ce soir|demain|se prononcent?|s['’]attendre|tablent|avant (?:le|la) (?:débat|match|vote|finale|derby|scrutin)|devrai(?:t|ent)|devront?|prévoit|attendus?|veut (?:enfin )?battre|se disputent|affronter?|affrontent|reçoit|il faudra)\b|\bexaminé|quelle heure`,
  },
  es: {
    announcement: String.raw`\b(?:previa|d[óo]nde ver|alineaciones)\b`,
    title: `pondrá a prueba|qué esperar|pron[oó]stico`,
    hint: String.raw`\b(?:esta (?:noche|tarde)|mañana|apuestan?|se espera|esperan|prev[eé]n|está previst[oa]|se juegan?|afrontan?|se miden|recibe (?:esta|este|el)|buscan?|abren? la|a las \d{1,2})\b|\b(?:prevé|buscará|decidirá|votará)`,
  },
  zh: {
    announcement: `前瞻|今晚迎战|今晚迎戰|看点`,
    title: `预测|预热|即将|预告`,
    hint: `今晚|今夜|明晚|明日|明天|今起|今投票|今天.{0,6}(?:起投票|开始|举行)|将于|将在|将客场|将再|预计|料将|有望|备战|迎战|开战|前夜|倒计时|或迎|拟于|將於|將在|預計|可望|明晚|開戰`,
  },
  ja: {
    announcement: `見どころ|展望|先発へ|キックオフ`,
    title: `予想(?!外|を)|きょうの|今夜`,
    hint: `きょう|今日|あす|明日|今夜|今晩|あさって|これから|見通し|予定|見込み|(?:発表|打ち上げ|開幕|決戦|本番)へ|臨む|控え|投開票|前夜|判明する`,
  },
};

type Expressions = Readonly<Record<keyof OutlookWords, RegExp>>;
const compiled = new Map<string, Expressions>();

/** Compiled when a text of the language comes, because large expressions are slow to compile. */
function expressionsOf(language: string): Expressions | undefined {
  const sources = Object.hasOwn(words, language) ? words[language] : undefined;
  if (sources === undefined) return undefined;
  const before = compiled.get(language);
  if (before) return before;
  const compile = (source: string): RegExp => new RegExp(source, "iu");
  const made = {
    announcement: compile(sources.announcement),
    title: compile(sources.title),
    hint: compile(sources.hint),
  };
  compiled.set(language, made);
  return made;
}

/** Whether a piece announces an event to come, by its words. Texts: NFKC. */
export function isAnnouncement(language: string, title: string, summary: string): boolean {
  const found = expressionsOf(language);
  if (!found) return false;
  return found.title.test(title) || found.announcement.test(title) || found.announcement.test(summary);
}

/**
 * How much a report looks ahead to an event to come, from 0 to 1. Words such as `tonight` and `polls open` are hints only,
 * because a report of what has happened may have them too; those of the title count twice. Texts: NFKC.
 */
export function outlookOf(language: string, title: string, summary: string): number {
  const hint = expressionsOf(language)?.hint;
  return hint ? (2 * Number(hint.test(title)) + Number(hint.test(summary))) / 3 : 0;
}
