import { agency } from "./agencies.ts";
import { comparable } from "./plain.ts";
import { placesOf, regions } from "./places.ts";

const dash = "(?:[—–―]|-{1,2}|\\.-|:)";
/** A dash that separates. A hyphen without spaces joins (`US-China`), and so does a short dash without spaces. */
const parting = "(?: ?— ?| [–―] ?| ?-{2} ?| - )";
const day = "(?:\\p{L}{3,9}\\.? \\d{1,2}|\\d{1,2}\\.? (?:de )?\\p{L}{3,10}\\.?)(?:,? (?:de )?\\d{4})?";
/** A name of up to four words; `, Lebanon`, `, Fla.` and `, D.C.` may follow. */
const place = "\\p{Lu}[\\p{L}.'’]{1,18}(?:[ /-](?:\\p{Lu}[\\p{L}.'’]{0,18}|am|de|do|di|of)){0,4}";
const given = "(?:, \\p{Lu}[\\p{L}.]{0,14}(?: \\p{Lu}[\\p{L}.]{1,14}){0,2})";
const region = `${given}?`;
const capitals = "\\p{Lu}{2}[\\p{Lu} .'’/-]{0,40}";
const inSpaced = "[^.!?()（）]{2,60}(?:\\.[^.!?()]{0,24}){0,4}";
const next = "(?=[\"“«„'‘¿¡]?\\s?[\\p{Lu}\\p{Lo}\\d])";
const han = "\\p{Script=Han}";

interface Form {
  /** Characters of which every dateline of this form has one: without them, the slower expression is not tried. */
  readonly marks: readonly string[];
  readonly expression: RegExp;
}

const compile = (forms: readonly (readonly [marks: string, source: string])[]): readonly Form[] =>
  forms.map(([marks, source]) => ({ marks: Array.from(marks), expression: new RegExp(`^${source}`, "u") }));

/** The length of the first form that matches; 0 if none does. */
function lengthOf(forms: readonly Form[], head: string): number {
  for (const { marks, expression } of forms) {
    if (!marks.some((mark) => head.includes(mark))) continue;
    const found = expression.exec(head);
    if (found !== null) return found[0].length;
  }
  return 0;
}

/** With an agency, a reporter or a day. */
const signed = compile([
  // Labels of an abstract.
  [
    ":：",
    "(?:编者按|編者按|导读|導讀|导语|導語|摘要|内容提要|概要|요약|TL;DR|Abstract|Summary|Zusammenfassung|Résumé|Resumen|Resumo|Riassunto|Аннотация|ملخص) ?[:：] ?",
  ],
  // LONDON, Jan 5 (Reuters) - ; Frankfurt/Main (dpa) – ; Madrid, 5 ene (EFE).- ; 5 Jan (AP) —
  ["(", `${inSpaced} ?\\(${agency}\\)\\.? ?${dash} ?${next}`],
  ["(", `${place}${region} ?\\(${agency}\\) ${next}`],
  // (Reuters) - ; (CNN) ; (ANSA) - ROMA, 05 GEN -
  ["(", `\\(${agency}\\)\\.? ?${dash}? ?(?:${capitals}, ?\\d{1,2} \\p{L}{3,10}\\.? ?${dash} ?)?${next}`],
  // ALDER BAY, Nov. 21 (Example Press) — : any agency, where the place is in capitals.
  ["(", `${capitals}${region}(?:, ?${day})? ?\\([^()]{2,30}\\) ?${dash} ?(?=\\S)`],
  // NEW YORK, Nov. 23, 2026 /PRNewswire/ -- ; MOSCOW, November 23. /TASS/. ; ALDER BAY--(BUSINESS WIRE)--
  ["/", `(?:${capitals}|${place})${region}(?:, ?${day})?[.,]? /[^/]{2,30}/(?:\\.? ?${dash}|\\.) ?${next}`],
  ["(", `(?:${capitals}|${place})${region} ?(?:—|--) ?\\([^()]{2,30}\\) ?(?:—|--) ?(?=\\S)`],
  // МОСКВА, 5 янв — РИА Новости. ; МОСКВА, 5 января. /ТАСС/. ; Москва. 5 января. INTERFAX.RU -
  [
    ",",
    `\\p{Lu}[\\p{Lu} -]{2,30}, ${day} ?(?:/[^/]{2,20}/\\.?|[—–-] ?(?:РИА Новости|ТАСС|Интерфакс|Прайм|Sputnik)[^.]{0,40}\\.) ?`,
  ],
  ["—–-", `(?:\\p{Lu}[\\p{L}-]{2,20}\\. )?${day} ?[\\p{Lu}.-]{3,20} ?[—–-] `],
  // NEW YORK, Jan 5 - ; Paris, le 5 janvier – ; Mumbai, Jan 5:
  [",", `${capitals}${region}, ?${day}${parting}${next}`],
  [",", `${place}${region}, (?:le |den )?${day}(?: [—–―]| -{1,2}|\\.-) ${next}`],
  [":", `${place}, ${day}: ${next}`],
  // BERLIN taz | ; MADRID, 5 (EUROPA PRESS)
  ["|", "\\p{Lu}{3}[\\p{Lu}/ -]{0,30} \\p{L}{2,10} ?\\| "],
  [
    "(",
    "\\p{Lu}{3}[\\p{Lu} -]{0,30},? \\d{1,2} (?:\\p{L}{3,5}\\.? )?\\((?:EUROPA PRESS|EFE)\\) ?(?:[.—–-]+ ?)?",
  ],
  // Berlin. Der … ; New Delhi: The …
  [
    ".",
    `(?:Berlin|Hamburg|München|Köln|Frankfurt|Stuttgart|Düsseldorf|Leipzig|Dresden|Essen|Hannover|Wien|Zürich|Bern|Brüssel|Moskau|Peking|Kiew|Washington|London|Paris)\\. ${next}`,
  ],
  [
    ":",
    `(?:New Delhi|NEW DELHI|Mumbai|MUMBAI|Kolkata|Chennai|Bengaluru|Hyderabad|Islamabad|Karachi|Lahore|Dhaka|Colombo|Kathmandu): ${next}`,
  ],
  // 新华社北京1月5日电（记者张三） ; 参考消息网1月5日报道 ; 路透北京1月5日 -
  [
    "日",
    `(?=[^，。\\d]{1,12}[社网網报報台透新联聯])[${han}A-Za-z]{2,12}[${han}\\d]{0,20}?\\d{1,2}日(?:[电電讯訊](?![${han}]?[话話视視影力器动動脑腦子站])(?: ?[（(][^）)]{0,40}[）)])?[，,：: ]?|(?:报道|報導|報道|消息)(?: ?[（(][^）)]{0,40}[）)] ?| )| ?[—–-]+ )`,
  ],
  // 新京报讯（记者张三） ; 央视新闻客户端消息， ; 本报讯
  [
    "讯訊消",
    `(?:本[报報网網台刊站社][讯訊]|(?:[${han}]{0,10}(?:[报報网網台社站]|客户端|客戶端|新闻|新聞))(?:[讯訊]|消息)(?=[（(，,：: ]))(?: ?[（(][^）)]{0,40}[）)])?[，,：: ]?`,
  ],
  // （中央社記者王小明台北25日電）; 【大纪元2024年01月05日讯】; 〔記者王小明／台北報導〕; （德国之声中文网）
  [
    "（(【［[〔",
    "[（(【［[〔](?=[^）)】］\\]〕]{0,60}(?:[讯訊电電报報]|记者|記者|中文网|综合|綜合|通讯员|导|導))[^）)】］\\]〕，。]{2,60}[）)】］\\]〕] ?(?:[—–-]+ ?)?",
  ],
  // 【ワシントン＝山田太郎】 ; 【ソウル聯合ニュース】 ; ［東京 5日 ロイター］ - ; ワシントン（CNN）
  [
    "【［[",
    "[【［[](?=[^】］\\]]{0,24}(?:[=＝]|共同|時事|聯合|ニュース|AFP|ＡＦＰ|ロイター|CNN))[^】］\\]]{2,40}[】］\\]] ?(?:[—–-]+ ?)?",
  ],
  ["（(", "[\\p{Script=Han}\\p{Script=Katakana}ー]{0,12}[（(](?:CNN|AP|AFP|ロイター|共同|時事)[）)]\\s?"],
  // (서울=연합뉴스) 홍길동 기자 = ; [서울=뉴시스] ; [아시아경제 홍길동 기자]
  [
    "([【",
    "[([【](?:[\\p{Script=Hangul}·]{1,10}=[\\p{Script=Hangul}A-Za-z0-9 ]{1,16}|[\\p{Script=Hangul}A-Za-z0-9 ]{2,20}(?:기자|뉴스|경제|일보|신문|특파원))[)\\]】] ?(?:[\\p{Script=Hangul}· ]{2,24}(?:기자|특파원) ?= ?)?",
  ],
  ["=", "[\\p{Script=Hangul}· ]{2,24}(?:기자|특파원) ?= ?"],
  // القاهرة (رويترز) - ; القاهرة – (د ب أ)
  [
    "(/",
    '[\\p{Script=Arabic}]{2,12}(?: [\\p{Script=Arabic}]{2,12})? ?[(/][^()/]{2,24}[)/] ?[—–-] (?=[\\p{Script=Arabic}"«])',
  ],
  [
    "(",
    '[\\p{Script=Arabic}]{2,12}(?: [\\p{Script=Arabic}]{2,12})? ?[—–-] \\([^()]{2,20}\\) ?(?=[\\p{Script=Arabic}"«])',
  ],
  ["(", '[\\p{Script=Arabic} ،]{3,40} ?\\([^()]{2,20}\\) ?[—–-]{1,2} (?=[\\p{Script=Arabic}"«])'],
  // नई दिल्ली, 5 जनवरी (भाषा) ; लखनऊ:
  [
    "(",
    "[\\p{Script=Devanagari} ]{3,24}(?:, \\d{1,2} [\\p{Script=Devanagari}]{2,12})? ?\\([\\p{Script=Devanagari} ]{2,16}\\) ?[—–-]? ?(?=\\p{Script=Devanagari})",
  ],
  [
    ":",
    "(?:नई दिल्ली|मुंबई|लखनऊ|पटना|भोपाल|जयपुर|कोलकाता|चंडीगढ़|देहरादून|रांची|अहमदाबाद|वाराणसी)(?:, \\d{1,2} [\\p{Script=Devanagari}]{2,12})? ?: ?",
  ],
  ["(", "[\\p{Script=Thai}]{3,24} ?(?:\\([^()]{2,16}\\)) ?[—–-] "],
]);

const known = placesOf("latin");
const knownHan = `(?:${placesOf("zh")}|[${han}]{1,8}[市镇鎮县縣省州岛島湾灣区區郡])`;

/** A place and a dash: a known place, or one in capitals or with its country. */
const unsigned = compile([
  // WASHINGTON — ; ST. LOUIS - ; BEIRUT, Lebanon —
  [
    "—–―-",
    `(?:(?=\\p{Lu}{7}|\\p{Lu}[\\p{Lu}.'’]{1,15}[ /]\\p{Lu})${capitals}|${capitals}${given})${parting}${next}`,
  ],
  ["—–―-", `${known.toUpperCase()}${parting}${next}`],
  // Geneva – ; Kyiv, Ukraine — ; Ciudad de México.-
  ["—–―-", `(?:${known}(?:, ${regions})?|${place}, ${regions})(?: [—–―]| -{1,2}) ${next}`],
  ["-", `${place}\\.- ${next}`],
]);
/** The same in scripts without capitals. */
const unsignedSolid = compile([
  // 五角大楼 —
  ["—–-", `${knownHan}(?:[/、]${knownHan})? ?(?:[—–]{1,2}|-{1,2}) (?=[${han}“「《\\d])`],
  // واشنطن – ; عمان-
  ["—–-", `${placesOf("ar")} ?[—–-] (?=[\\p{Script=Arabic}"«])`],
  ["—–-", `${placesOf("he")}(?: ?[—–]| -) (?=[\\p{Script=Hebrew}"״„])`],
]);

/** Datelines in a row at most. */
const maxDatelines = 3;

/**
 * The text without the datelines at its start (`WASHINGTON (AP) —`, `新华社北京1月25日电`). Unchanged if there is no other
 * text, or if the place is the subject of the text according to the title.
 */
export function withoutDateline(text: string, title: string): string {
  let rest = text;
  for (let turn = 0; turn < maxDatelines; turn += 1) {
    const length = datelineLength(rest, title);
    if (length === 0 || length === rest.length) break;
    rest = rest.slice(length).trimStart();
  }
  return rest;
}

/** A dash within the length of a place's name. */
const dashed = /^.{2,90}[—–―-]/u;

const solid = /^\p{Lo}/u;

/** UTF-16 code units that hold a dateline and the start of the sentence after it. */
const headLength = 240;

function datelineLength(text: string, title: string): number {
  const head = text.slice(0, headLength);
  const length = lengthOf(signed, head);
  if (length > 0 || !dashed.test(head)) return length;
  const found = lengthOf(solid.test(head) ? unsignedSolid : unsigned, head);
  return found === 0 || isSubject(head.slice(0, found), head.slice(found), title) ? 0 : found;
}

const isKnown = new RegExp(`^${known}(?![\\p{L}\\p{M}])`, "iu");
const opensWithPlace = new RegExp(
  `^(?:${known}(?![\\p{L}\\p{M}])|${placesOf("zh")}|${placesOf("ar")}(?![\\p{L}\\p{M}])|${placesOf("he")}(?![\\p{L}\\p{M}]))`,
  "u",
);
const firstWord = /^[\p{L}\p{M}\p{N}]+/u;

/** In Chinese, a second dash: the two enclose an apposition. */
const apposed = new RegExp(`^${han}{2,20} ?[—–-]{1,2} `, "u");

/** The second name of a route or a match, before a colon or a score. */
const opponent = /^\p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}-]+)?(?::| \d{1,3} ?[-:–] ?\d)/u;

/** Whether the place is part of a route or a match (`Köln - Bonn`), or of the title. */
function isSubject(dateline: string, rest: string, title: string): boolean {
  if (opensWithPlace.test(rest) || opponent.test(rest) || apposed.test(rest)) return true;
  const name = dateline.replace(/[ .—–―-]{1,8}$/u, "");
  if (!isKnown.test(name) && /\p{Lu}/u.test(name) && title.includes(name)) return true;
  return comparable(title).includes(comparable(name) + comparable(firstWord.exec(rest)?.[0] ?? "-"));
}

const signatures: readonly RegExp[] = [
  // … (dpa) ; … (ANSA). ; … EFE
  new RegExp(`(?<=[\\p{Sentence_Terminal}”"»]) ?(?:\\(${agency}\\)|EFE|AFP|AP|dpa)\\.?$`, "u"),
  new RegExp(` \\(${agency}\\)\\.?$`, "u"),
  // …。（山田太郎） ; …。（完）
  /(?<=[。！？」”])\s*[（(【][\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}・、 ]{1,16}[）)】]$/u,
];

/** The text without its author's or agency's signature at its end. */
export function withoutSignature(text: string): string {
  const tail = text.slice(-60);
  const shorter = signatures.reduce((rest, signature) => rest.replace(signature, ""), tail);
  return shorter === tail ? text : (text.slice(0, text.length - tail.length) + shorter).trimEnd();
}
