const AGENCY =
  "AP|AFP|Reuters|UPI|dpa|dpa-[A-Za-z]+|dpa/[a-z-]+|APA|SDA|Keystone-SDA|sid|SID|epd|KNA|EFE|Europa Press|EUROPA PRESS|ANSA|askanews|Adnkronos|LaPresse|Lusa|LUSA|Agência Brasil|Xinhua|CNA|Kyodo|Yonhap|TASS|RIA Novosti|ТАСС|РИА Новости|Интерфакс|VOA|BBC|CNN|Bloomberg|PTI|ANI|IANS|भाषा|वार्ता|एजेंसी|رويترز|أ ?ف ?ب|أ\\.ف\\.ب|وكالات|د ب أ|واس|וואלה|סוכנויות";

const leadIns: readonly RegExp[] = [
  // Labels of an abstract.
  /^(?:编者按|編者按|导读|導讀|导语|導語|摘要|内容提要|概要|요약|TL;DR|Abstract|Summary|Zusammenfassung|Résumé|Resumen|Resumo|Riassunto|Аннотация|ملخص) ?[:：] ?/u,
  // LONDON (AP) — ; PARIS, Jan. 5 (Reuters) - ; Berlin (dpa/lby) – ; Madrid, 5 ene (EFE).-
  new RegExp(
    `^[^.!?()（）]{2,60}?(?:[.,][^.!?()]{0,24}?\\.?)? ?\\((?:[^()]{0,30}\\b)?(?:${AGENCY})(?:[/ ,][^()]{0,30})?\\)\\.? ?[—–―:-]+ ?(?=\\S)`,
    "u",
  ),
  // ALDER BAY, Jan. 5 (Example Press) — : any agency, where the place is in capitals.
  /^\p{Lu}{2}[\p{Lu} .'’/-]{0,40}(?:, ?[\p{L}\d. ]{2,16})? ?\([^()]{2,30}\) ?[—–-]+ ?(?=\S)/u,
  // (ANSA) - ROMA, 05 GEN - ; (AFP) —
  new RegExp(
    `^\\((?:${AGENCY})\\) ?[—–-] ?(?:\\p{Lu}[\\p{Lu} .'’-]{1,40}(?:, ?\\d{1,2} \\p{L}{3,10}\\.?)? ?[—–-] )?`,
    "u",
  ),
  // МОСКВА, 5 января. /ТАСС/. ; МОСКВА, 5 янв — РИА Новости. ; МОСКВА, 5 янв - РИА Новости, Иван Петров.
  /^\p{Lu}[\p{Lu} -]{2,30}, \d{1,2} \p{L}{3,9}\.?(?: \/[^/]{2,20}\/\.?| ?[—–-] ?(?:РИА Новости|ТАСС|Интерфакс|Прайм)[^.]{0,40}\.) ?(?:[—–-] )?/u,
  // WASHINGTON — ; NEW YORK, Jan 5 - ; SÃO PAULO - ; ROMA, 5 gennaio -
  /^\p{Lu}{3}[\p{Lu} .,'’/-]{0,40}(?:, ?(?:\p{L}{3,9}\.? \d{1,2}|\d{1,2}\.? (?:de )?\p{L}{3,10}\.?))? ?(?:[—–]|--?) (?=["“«„'‘]?[\p{Lu}\d])/u,
  // BERLIN taz | ; Berlin/Hamburg | ; MADRID, 5 (EUROPA PRESS)
  /^\p{Lu}{3}[\p{Lu}/ -]{0,30} \p{L}{2,10} ?\| /u,
  /^\p{Lu}{3}[\p{Lu} -]{0,30},? \d{1,2} (?:\p{L}{3,5}\. )?\((?:EUROPA PRESS|EFE)\) ?(?:[.—–-]+ ?)?/u,
  // Paris, le 5 janvier — ; Berlin, 5. Januar 2024 – ; São Paulo, 5 de janeiro –
  /^\p{Lu}[\p{L}'’-]{2,20}(?: \p{Lu}[\p{L}'’-]{2,20})?, (?:le |den )?\d{1,2}\.? (?:de )?\p{L}{3,10}\.?(?: (?:de )?\d{4})? ?[—–-] /u,
  // 新华社北京1月25日电（记者张三） ; 中新网1月5日电 ; （中央社記者王小明台北25日電）; 【法新社華盛頓電】
  /^(?:新华社|新華社|中新社|中新网|央视网|人民网|中央社|美联社|美聯社|法新社|路透社|共同社|韩联社|香港中通社|澎湃新闻)[^，。,.]{0,24}?[电電讯訊](?:[（(][^）)]{0,40}[）)])? ?/u,
  /^[（(【［[](?:[^）)】］\]，。]{0,30}(?:社|网|網|报|報|记者|記者|通讯员|综合|綜合)[^）)】］\]]{0,30}[电電讯訊导導道]?)[）)】］\]] ?(?:[—–-] ?)?/u,
  /^(?:本报|本報|本刊|本网|本網|本台)(?:[^，。]{0,12})[讯訊电電](?:[（(][^）)]{0,30}[）)])? ?/u,
  /^[\p{Script=Han}·]{2,10} ?(?:[—–]|-{1,2}) (?=[\p{Script=Han}“「《\d])/u,
  // 【ワシントン＝山田太郎】 ; 【北京共同】 ; ［東京 5日 ロイター］ -
  /^[【［](?:[^】］]{1,20}[=＝][^】］]{1,20}|[^】］]{1,12}(?:共同|時事|ＡＦＰ|AFP|ロイター)[^】］]{0,8})[】］] ?(?:[—–-] ?)?/u,
  // (서울=연합뉴스) 홍길동 기자 = ; [서울=뉴시스] ; 【서울=뉴시스】홍길동 기자 =
  /^[([【][\p{Script=Hangul}·]{1,10}=[\p{Script=Hangul}A-Za-z0-9]{1,12}[)\]】] ?(?:[\p{Script=Hangul}· ]{2,24}(?:기자|특파원) ?= ?)?/u,
  // القاهرة (رويترز) - ; واشنطن – ; ירושלים – ; नई दिल्ली: ; नई दिल्ली, 5 जनवरी (भाषा)
  /^[\p{Script=Arabic} ]{3,24}(?:[(/][^()/]{2,24}[)/])? ?[—–-] (?=[\p{Script=Arabic}"«])/u,
  /^[\p{Script=Hebrew}"״ ]{3,20} ?[—–] (?=[\p{Script=Hebrew}"״])/u,
  /^[\p{Script=Devanagari} ]{3,24}(?:, \d{1,2} [\p{Script=Devanagari}]{2,12})? ?(?:\([\p{Script=Devanagari} ]{2,16}\)|:) ?[—–-]? ?(?=\p{Script=Devanagari})/u,
  /^[\p{Script=Thai}]{3,24} ?(?:\([^()]{2,16}\)) ?[—–-] /u,
];

/** The text without the dateline that opens it (`WASHINGTON (AP) —`, `新华社北京1月25日电`); unchanged where there is none or nothing else. */
export function withoutLeadIn(text: string): string {
  for (const leadIn of leadIns) {
    const found = leadIn.exec(text);
    if (found !== null && found[0].length < text.length) return text.slice(found[0].length);
  }
  return text;
}
