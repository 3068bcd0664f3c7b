/** In titles of overviews, which mention many events. By language, as feeds show them. */
const overviews = [
  String.raw`\b(?:briefing|newsletter|round-?up|wrap-?up|recap|headlines|front pages|live ?blog|week in review|good morning|closing bell|opening bell|what we know|what moved|things to know|podcast|quiz|horoscope|crossword|tv tonight|weather forecast|(?:stocks|ftse(?: 100)?|wall street|s&p 500) (?:close|end|finish|open)(?:s|es|ed)?)\b`,
  String.raw`\b(?:[üu]berblick|presseschau|nachrichten des tages|der tag in|das wetter|wetterbericht|guten morgen|wochenr[üu]ckblick|horoskop|liveblog|börsenschluss|(?:dax|börse|wall street) (?:schließt|startet|eröffnet|geht))\b`,
  String.raw`(?:revue de presse|l['’]essentiel|à la une|la bourse en|météo du|bulletin météo|ce qu['’]il faut savoir|horoscope|(?:cac 40|bourse de paris|wall street) (?:clôture|termine|ouvre|finit))`,
  String.raw`(?:claves del d[ií]a|titulares|bolet[ií]n|resumen del|buenos d[ií]as|el tiempo (?:hoy|para)|hor[oó]scopo|revista de prensa|(?:ibex(?: 35)?|bolsa|wall street) (?:cierra|abre|termina))`,
  `早报|早间|早餐|晚报|晚间|要闻|晨报|周报(?!告)|周刊|一周(?:回顾|看点|综述|盘点|热点|大事)|(?:股|指|指数|市|市场)(?:早盘)?(?:收盘|开盘|高开|低开)|(?:收盘|开盘)[:：]|盘前|盘后|一图看懂|天气预报|新闻联播|早報|晚報|要聞|收盤`,
  `まとめ|一覧|けさの|きょうの天気|今日の天気|朝刊|夕刊|週間|ランキング|占い|日経平均.{0,6}(?:終値|続伸|反発|反落|続落)`,
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

/** An expression for each language: together they would be slow on long texts. */
const expressions = [...overviews, ...opinions].map((source) => new RegExp(source, "iu"));

/** Whether a title is that of a piece about no event of its own, such as an overview or an opinion. */
export const isColumn = (title: string): boolean => expressions.some((expression) => expression.test(title));
