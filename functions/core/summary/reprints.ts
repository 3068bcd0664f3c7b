import { matchesAny } from "./matches-any.ts";
import { comparable } from "./plain.ts";

/**
 * How blog software says where a text was first published, by language: the start of the sentence, and the words between
 * the title and the site's name.
 */
const forms: Readonly<Record<string, readonly [opening: string, phrase: string]>> = {
  en: [
    "the post|the article",
    "(?:appeared first|first appeared|was first published) (?:on|at|in (?!\\d|the ))",
  ],
  de: ["(?:der|dieser) (?:beitrag|artikel|post)", "erschien zuerst|zuerst erschienen|erschien als erstes"],
  fr: ["l['’]article|cet article", "est apparu en premier|a été publié (?:en premier|initialement)"],
  es: [
    "la entrada|el artículo|este artículo|el post",
    "se publicó primero|apareció primero|aparece primero|se publicó originalmente",
  ],
  ca: ["l['’]entrada|la entrada", "ha aparegut primer|s['’]ha publicat primer"],
  pt: [
    "o post|o artigo|este artigo|o conteúdo",
    "aparece(?:u)? primeiro|foi publicado (?:originalmente|primeiro)",
  ],
  it: [
    "l['’]articolo|questo articolo",
    "proviene da|sembra essere il primo|è apparso per primo|è stato pubblicato (?:per|originariamente)",
  ],
  nl: ["het (?:bericht|artikel)|dit (?:bericht|artikel)", "verscheen (?:eerst|als eerste) op"],
  sv: ["inlägget|artikeln", "dök först upp på|publicerades först på"],
  nb: ["innlegget|artikkelen", "dukket først opp på|ble først publisert på"],
  da: [
    "indlægget|artiklen",
    "blev først (?:udgivet|vist|publiceret) på|blev vist først den|dukkede først op på",
  ],
  fi: ["artikkeli|julkaisu", "(?:julkaistiin|ilmestyi) ensimmäisen kerran"],
  pl: ["artykuł|wpis", "pochodzi z serwisu|po raz pierwszy pojawił się"],
  cs: ["příspěvek|článek", "pochází z|se nejdříve objevil"],
  sk: ["príspevok|článok", "zobrazený najskôr|sa najskôr objavil"],
  hu: ["az?", "bejegyzés először"],
  ro: ["articolul|postarea", "apare prima dată|apare mai întâi"],
  el: ["το άρθρο|η δημοσίευση", "εμφανίστηκε πρώτα"],
  ru: ["сообщение|запись|статья", "появил(?:ось|ась|ись|ся) (?:сначала|впервые)|впервые появил"],
  uk: ["запис|допис|стаття", "(?:спочатку|спершу|вперше) з['’ʼ]явил"],
  vi: ["bài viết|bài", "xuất hiện (?:đầu tiên|trước)"],
  id: ["artikel|pos|postingan", "(?:pertama kali (?:tampil|muncul)|muncul pertama kali)"],
  ja: ["投稿|記事", "は.{0,80} ?に最初に表示されました|が最初に.{1,80}に(?:登場|表示)"],
  "zh-Hant": ["[〈《「『].{1,250}[〉》」』]", "這篇文章(?:最早|最先|首先)(?:發佈|發布|出現|刊登)[於在]"],
  ar: [
    "(?:ظهرت|نشرت) (?:المقالة|التدوينة|المشاركة|الصفحة)|(?:المقالة|التدوينة)",
    "(?:ظهرت )?أول(?:اً|ًا|ا) (?:على|في)",
  ],
  he: ["(?:ה?פוסט|ה?רשומה|ה?מאמר)", "(?:הופיע|הופיעה|פורסם|פורסמה) (?:לראשונה|תחילה)"],
  fa: ["نوشته|مطلب", "اولین بار در"],
  th: ["โพสต์|บทความ", "ปรากฏครั้งแรก"],
};

const opened = new RegExp(
  `^(?:${Object.values(forms)
    .map(([opening]) => opening)
    .join("|")})(?!\\p{Ll})`,
  "iu",
);
const named = Object.values(forms).map(
  ([opening, phrase]) => new RegExp(`^(?:${opening}) ?.{0,250}(?:${phrase})`, "iu"),
);

/** Forms that begin with the title, which is one sentence. */
const titleFirst = "^(?:(?!\\p{Sentence_Terminal}\\s).){1,250}";
const isTitled = matchesAny(
  [
    " (?:yazısı|makalesi) .{0,20}(?:ilk önce|ilk olarak)",
    "(?:게시물이|글이|포스트가|기사가) .{1,80}에 (?:처음|먼저) (?:등장|게시|나타)",
    " was originally published in .{1,80} on medium\\b",
  ].map((phrase) => new RegExp(titleFirst + phrase, "iu")),
);
/** Each of them holds one of these; a fast check before the slower search. */
const titledHint = /게시물이|글이|포스트가|기사가|yazısı|makalesi|originally published in/iu;

/** Forms without words before the title: `T最先出现在B。`. */
const withoutOpening =
  /最[先早](?:出现|发布|刊登)[在于]|спочатку з['’ʼ]явил|ilk önce|ensimmäisen kerran|appeared first on|was originally published in/iu;

const isPlainNote = matchesAny([
  /^(?:this (?:article|story|report|post|episode|essay|interview)) (?:was )?(?:originally |first )(?:appeared|published|ran)\b/iu,
  /^originally published\b/iu,
  /^(?:本文|本报道|本報道|本稿)(?:首发|首發|转载|轉載|原载|最初发表|由.{1,30}(?:授权|授權))/u,
  /^本文(?:来自|來自)(?:微信|公众号|公眾號|网络|網路)/u,
]);

/** UTF-16 code units of such a note at most. */
const maxLength = 400;

/** Letters of a title from which a text that begins with it is recognised. */
const minTitle = 6;

/** Whether a text says where the entry was first published: `The post … appeared first on …`. `title`: the entry's title. */
export function isReprintNote(text: string, title: string): boolean {
  if (text.length > maxLength) return false;
  if (isPlainNote(text) || (opened.test(text) && named.some((form) => form.test(text)))) return true;
  if (titledHint.test(text) && isTitled(text)) return true;
  if (!withoutOpening.test(text)) return false;
  const start = comparable(title).slice(0, 40);
  return start.length >= minTitle && comparable(text).startsWith(start);
}
