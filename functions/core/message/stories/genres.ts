/** What a piece is: a report of an event, an announcement of one to come, or something else, such as an overview or an opinion. */
export type Genre = "report" | "announcement" | "other";

/** In titles of overviews, which mention many events. By language, as feeds show them. */
const overviews = [
  String.raw`\b(?:briefing|newsletter|round-?up|wrap-?up|recap|headlines|front pages|live ?blog|week in review|good morning|closing bell|opening bell|what we know|what moved|things to know|podcast|quiz|horoscope|crossword|tv tonight|weather forecast)\b`,
  String.raw`\b(?:[üu]berblick|presseschau|nachrichten des tages|der tag in|das wetter|wetterbericht|guten morgen|wochenr[üu]ckblick|horoskop|liveblog|börsenschluss)\b`,
  String.raw`(?:revue de presse|l['’]essentiel|à la une|la bourse en|météo du|bulletin météo|ce qu['’]il faut savoir|horoscope)`,
  String.raw`(?:claves del d[ií]a|titulares|bolet[ií]n|resumen del|buenos d[ií]as|el tiempo (?:hoy|para)|hor[oó]scopo|revista de prensa)`,
  `早报|早间|早餐|晚报|晚间|要闻|晨报|周报|周刊|一周|收盘|开盘|盘前|盘后|一图看懂|天气预报|新闻联播|早報|晚報|要聞|收盤`,
  `まとめ|一覧|けさの|きょうの天気|今日の天気|朝刊|夕刊|週間|ランキング|占い`,
];

/** In titles of opinions and of series that are about no event of the day. */
const opinions = [
  String.raw`\b(?:editorial|opinion|the guardian view|letters?:|letters to the editor|column|in pictures|explained|explainer|fixtures|tracker|best deals|giveaway)\b`,
  String.raw`\b(?:kommentar|leitartikel|kolumne|glosse|gastbeitrag|leserbriefe?)\b`,
  String.raw`(?:éditorial|édito\b|tribune\s?[:|]|chronique|opinion)`,
  String.raw`\b(?:opini[oó]n|columna|tribuna|cartas al director)\b`,
  `社论|社評|评论员|专栏|观点|时评`,
  `社説|コラム|天声人語|論説|オピニオン`,
];

/** In titles and texts of announcements. */
const announcements = [
  String.raw`\b(?:previews?|how to watch|what to expect|team news|predicted line-?ups?|kick-?off)\b`,
  String.raw`\b(?:vorschau|anwurf|ansto(?:ß|ss) (?:ist|um)|anpfiff|erwarten d[üu]rfen|vor dem spiel)\b`,
  String.raw`(?:avant-match|coup d['’]envoi|présentation du match|compositions? probables?)`,
  String.raw`\b(?:previa|d[óo]nde ver|alineaciones)\b`,
  `前瞻|今晚迎战|今晚迎戰|看点`,
  `見どころ|展望|先発へ|キックオフ`,
];

/** In titles of announcements only. */
const titlesOfAnnouncements = [
  String.raw`\b(?:v|vs)\.? |\b(?:predictions?|look to|looks to|looking to|set to face|ahead of|tonight)\b`,
  String.raw`\b(?:ausblick|empf[äa]ngt|trifft (?:heute|auf|zum)|spielt gegen)\b`,
  String.raw`\b(?:reçoit|r[êe]vent de|s['’]annonce)\b`,
  String.raw`(?:pondrá a prueba|qué esperar|pron[oó]stico)`,
  `预测|预热|即将|预告`,
  `予想|きょうの|今夜`,
];

/** An expression for each language: together they would be slow on long texts. */
const compile = (sources: readonly string[]): readonly RegExp[] =>
  sources.map((source) => new RegExp(source, "iu"));
const other = compile([...overviews, ...opinions]);
const announcement = compile(announcements);
const titleOfAnnouncement = compile(titlesOfAnnouncements);

const matches = (expressions: readonly RegExp[], text: string): boolean =>
  expressions.some((expression) => expression.test(text));

/** The genre by words of the title and, for announcements, of the text. */
export function genreOf(title: string, summary: string): Genre {
  if (matches(other, title)) return "other";
  const announces = matches(titleOfAnnouncement, title) || matches(announcement, `${title}\n${summary}`);
  return announces ? "announcement" : "report";
}
