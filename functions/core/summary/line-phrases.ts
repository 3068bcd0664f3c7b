import type { PhraseTable } from "./phrase-table.ts";

/*
 * What publishers put around their texts, by kind and language, compiled by `boilerplate.ts`. All languages are searched in
 * every text, because feeds mix them. To add a language, add its line to each kind.
 */

/** Whole lines: headings of boxes, editors' marks, advertising, placeholders for a missing text. */
export const standaloneLines: PhraseTable = {
  en:
    "advertisement|advertising|sponsored|sponsored content|share|share this|" +
    "share this article|tweet|print|comments|recommended|end|ends|update|updated|developing|" +
    "more to follow|more soon|disclaimer|new contributors|abstract|subscribe|sign up|follow us|table of contents|listen|watch|loading|" +
    "no content|no content available|no description|no description available|no description provided|no summary|" +
    "no summary available|no text|null|undefined|n/a|nan|view pdf|download pdf|unsubscribe|unsubscribe here|" +
    "manage preferences|manage your preferences|update your preferences|view in your browser|" +
    "view this email in your browser|privacy policy|terms of service|terms of use|forward to a friend",
  de: "anzeige|werbung|teilen|drucken|kommentare|aktualisiert|inhaltsverzeichnis|inhalt|abmelden|abbestellen|newsletter abbestellen|vom newsletter abmelden|im browser ansehen|impressum|datenschutz|kein inhalt|keine beschreibung",
  fr: "publicité|partager|imprimer|commentaires|mis à jour|sommaire|se désabonner|se désinscrire|voir dans le navigateur|mentions légales|aucun contenu|pas de description",
  es: "publicidad|compartir|imprimir|comentarios|actualizado|índice|darse de baja|cancelar suscripción|cancelar la suscripción|ver en el navegador|sin contenido|sin descripción",
  pt: "publicidade|compartilhe|compartilhar|partilhar|comentários|atualizado|índice|cancelar inscrição|cancelar a inscrição|ver no navegador|sem conteúdo|sem descrição",
  it: "pubblicità|condividi|stampa|commenti|aggiornato|indice|annulla iscrizione|annulla l'iscrizione|disiscriviti|visualizza nel browser|nessun contenuto|nessuna descrizione",
  ru: "реклама|поделиться|комментарии|обновлено|содержание|подробнее|отписаться|нет содержания|нет описания",
  zh: "广告|廣告|完|完结|编者按|編者按|编者注|目录|目錄|分享|关注我们|關注我們|分享到|分享到朋友圈|正文|更新|退订|退訂|取消订阅|取消訂閱|点此退订|赞助商|贊助商|无内容|暂无内容|無內容|暂无描述|暂无简介",
  ja: "広告|目次|シェア|関連記事|了|訳注|配信停止|購読解除|登録解除|内容なし|本文なし",
  ko: "광고|공유|끝|목차|댓글|수신거부|구독 취소|구독취소|내용 없음|내용없음",
  ar: "إعلان|مشاركة|تعليقات|تحديث",
  he: "פרסומת|שתפו|תגובות|עדכון",
  hi: "विज्ञापन|शेयर करें|टिप्पणियाँ",
  th: "โฆษณา|แชร์|ความคิดเห็น",
};

/** First words of a short line that asks its reader to do something. */
export const callsToAction: PhraseTable = {
  en:
    "subscribe to|subscribe now|subscribe here|subscribe today|subscribe for|subscribe and|subscribe via|sign up for|sign up to|sign up here|sign up now|sign up today|sign up and|sign up with|follow us|join our|join us on|join the conversation in|join the discussion in|like us on|click here|tap here|" +
    "download our app|download the app|get our newsletter|read more|read also|read next|" +
    "read the full|read the rest|read the original|continue reading|see also|also read|" +
    "unsubscribe from|to unsubscribe|click to unsubscribe|if you no longer wish|if you no longer want|to stop receiving|" +
    "don't miss|don’t miss|leave a comment|leave a reply|comments on this|comments are closed|" +
    "view in browser|view the original|view original|view this email|support our journalism|" +
    "more from|more on this|thanks for reading|thank you for reading|share this",
  de:
    "jetzt abonnieren|abonnieren sie|abonniere|newsletter abonnieren|melden sie sich|" +
    "folgen sie uns|folge uns|weiterlesen|mehr lesen|mehr zum thema|mehr dazu|lesen sie auch|" +
    "lesen sie mehr|lesen sie hier|lies auch|auch interessant|zum artikel|hier klicken|" +
    "kommentar schreiben",
  fr:
    "abonnez-vous|inscrivez-vous|suivez-nous|lire aussi|à lire aussi|lire la suite|lire plus|" +
    "cliquez ici|partagez",
  es:
    "suscríbete|suscríbase|síguenos|regístrate|leer más|lee también|lea también|sigue leyendo|" +
    "te puede interesar|haz clic aquí|haga clic aquí",
  pt:
    "assine|inscreva-se|siga-nos|leia mais|leia também|continue lendo|veja também|clique aqui|" +
    "cadastre-se|subscreva",
  it: "iscriviti|abbonati ora|abbonati a |abbonati per|abbonati subito|seguici|leggi anche|leggi tutto|leggi di più|continua a leggere|clicca qui",
  ru:
    "подпишитесь|подписывайтесь|подписаться|читайте также|читать далее|читать дальше|" +
    "читать полностью|смотрите также|нажмите здесь|следите за нами",
  zh:
    "点击这里|点击此|点击链接|点击上方|点击下方|点击左|点击右|点击查看|点击阅读|点击进入|点击关注|点击收听|点击观看|点击订阅|点击原文|点击图片|点击放大|点击标题|点击了解|点击下载|点击购买|点击报名|点击蓝字|点击“|点击「|点击《|點擊這里|點擊此|點擊鏈接|點擊上方|點擊下方|點擊左|點擊右|點擊查看|點擊閱讀|點擊進入|點擊關注|點擊收聽|點擊觀看|點擊訂閱|點擊原文|點擊圖片|點擊放大|點擊標題|點擊了解|點擊下載|點擊購買|點擊報名|點擊蓝字|點擊“|點擊「|點擊《|点此|扫码关注|扫码下载|扫码阅读|扫码进|扫码加|扫码添加|扫码报名|扫码查看|扫码收听|扫码订阅|扫码入群|扫描二维码|扫描下方|扫描上方|长按识别|长按图片|长按二维码|长按扫|掃碼關注|掃碼下載|掃碼閱讀|掃碼進|掃碼加|掃碼添加|掃碼報名|掃碼查看|掃碼收聽|掃碼訂閱|掃碼入群|掃描二維碼|掃描下方|掃描上方|長按識別|長按圖片|長按二維碼|長按掃|关注我们的公众号|关注我们的公眾號|关注我们的微信|关注我们的微博|关注我们的频道|关注我们的頻道|关注我们的官方|关注我们！|关注我们。|关注我们，|關注我們的公众号|關注我們的公眾號|關注我們的微信|關注我們的微博|關注我們的频道|關注我們的頻道|關注我們的官方|關注我們！|關注我們。|關注我們，|关注公众号|关注微信|欢迎关注|歡迎關注|欢迎订阅|歡迎訂閱|订阅我们|订阅本|订阅《|订阅频道|订阅电子报|订阅邮件|订阅更新|订阅后|订阅即|订阅请|訂閱我們|訂閱本|訂閱号|訂閱《|訂閱頻道|訂閱电子報|訂閱郵件|訂閱更新|訂閱後|訂閱即|訂閱请|阅读全文|閱讀全文|阅读原文|" +
    "閱讀原文|阅读更多|閱讀更多|查看原文|查看全文|查看更多|继续阅读|繼續閱讀|更多精彩|更多内容|转载请|轉載請|未经授权不得|未经授权，不得|未经授权禁止|未经授权，禁止|未经授权严禁|未经授权，请勿|未经授权請勿|未經授權不得|未經授權，不得|未經授權禁止|未經授權，禁止|未經授權严禁|未經授權，请勿|未經授權請勿|未经许可不得|未经许可，不得|未经许可禁止|未经许可，禁止|未经许可严禁|未经许可，请勿|未经许可請勿|未經許可不得|未經許可，不得|未經許可禁止|未經許可，禁止|未經許可严禁|未經許可，请勿|未經許可請勿|未经允许不得|未经允许，不得|未经允许禁止|未经允许，禁止|未经允许严禁|未经允许，请勿|未经允许請勿|未經允許不得|未經允許，不得|未經允許禁止|未經允許，禁止|未經允許严禁|未經允許，请勿|未經允許請勿|未经书面不得|未经书面，不得|未经书面禁止|未经书面，禁止|未经书面严禁|未经书面，请勿|未经书面請勿",
  ja: "続きを読む|続きはこちら|もっと読む|あわせて読みたい|登録はこちら|購読はこちら|メルマガ登録|フォローして|この記事をシェア|無断転載",
  ko: "더 보기|더보기|더 읽기|구독하기|구독을 눌러|구독을 부탁|구독과 |기사 더보기|무단 전재|무단전재",
  ar: "اقرأ أيضا|اقرأ أيضًا|اقرأ المزيد|للمزيد من|لمزيد من التفاصيل|اشترك الآن|اشترك في نشرتنا|اشترك في النشرة|اشترك في قناتنا|اشترك معنا|تابعونا|تابعنا|انقر هنا",
  he: "קראו עוד|קראו גם|לקריאה נוספת|להמשך קריאה|הירשמו|עקבו אחרינו|לחצו כאן",
  hi: "और पढ़ें|यह भी पढ़ें|ये भी पढ़ें|आगे पढ़ें|सब्सक्राइब करें|हमें फॉलो करें|यहां क्लिक करें",
  th: "อ่านต่อ|อ่านเพิ่มเติม|อ่านข่าว|ติดตามเรา|ติดตามข่าวสาร|สมัครรับ|สมัครสมาชิก|คลิกที่นี่",
};

/** Links to the rest of a text, at its end or on a line of their own. */
export const readMorePhrases: PhraseTable = {
  en:
    "read more|read the full story|read the full article|read the full post|read full story|read full article|" +
    "read the whole story|read the rest|read article|read the article|continue reading|keep reading|click to continue|full story|" +
    "full article|see full article|see full story|see the full article|view entire post|view full post|view full article|" +
    "view post|view article|learn more|find out more|see more|view more",
  de: "weiterlesen|mehr lesen|zum artikel|zum vollständigen artikel|zum ganzen artikel|ganzer artikel|lesen sie mehr|mehr erfahren|mehr dazu",
  fr: "lire la suite|lire plus|lire l'article|lire l’article|en savoir plus|voir plus|voir l'article|voir l’article",
  es: "leer más|leer artículo completo|leer la nota completa|leer nota completa|ver más|ver nota completa|seguir leyendo|sigue leyendo",
  pt: "leia mais|ler mais|ver mais|saiba mais|leia na íntegra|continue lendo|continuar a ler|continuar lendo",
  it: "leggi tutto|leggi di più|leggi l'articolo|leggi l’articolo|continua a leggere|scopri di più",
  nl: "lees meer|lees verder|verder lezen|meer lezen",
  sv: "läs mer|läs vidare|läs hela artikeln",
  da: "læs mere|læs videre|læs hele artiklen",
  nb: "les mer|les videre|les hele saken",
  pl: "czytaj więcej|czytaj dalej|zobacz więcej|cały artykuł",
  cs: "číst dál|číst více|celý článek",
  tr: "devamını oku|devamı için tıklayın|haberin devamı",
  ru: "читать далее|читать дальше|читать полностью|читать полную версию|подробнее",
  uk: "читати далі|читати повністю|докладніше",
  zh:
    "阅读全文|閱讀全文|阅读更多|閱讀更多|阅读原文|閱讀原文|查看全文|查看原文|查看更多|查看详情|查看詳情|继续阅读|繼續閱讀|点击查看|點擊查看|" +
    "更多详情|更多詳情|全文阅读|全文閱讀",
  ja: "続きを読む|もっと読む|もっと見る|続きはこちら|全文を読む|全文はこちら|記事を読む|詳しくはこちら|詳細はこちら|詳細を見る",
  ko: "더 보기|더보기|더 읽기|계속 읽기|전문 보기|자세히 보기|기사 보기|원문 보기",
  ar: "اقرأ المزيد|تابع القراءة|قراءة المزيد|لقراءة المزيد|التفاصيل الكاملة|إقرأ المزيد",
  he: "קראו עוד|קרא עוד|להמשך קריאה|לכתבה המלאה|לקריאת הכתבה|המשך קריאה",
  hi: "और पढ़ें|आगे पढ़ें|पूरा पढ़ें|पूरी खबर पढ़ें|अधिक पढ़ें",
  th: "อ่านต่อ|อ่านเพิ่มเติม|อ่านทั้งหมด|ดูเพิ่มเติม",
};

/** Words that link to the rest of a text and also occur in sentences: recognised only as a line, in brackets, before an arrow, as a link, or after the last end mark. */
export const readMoreWords: PhraseTable = {
  en: "more|read on|source|link|permalink|trackback|full text",
  de: "mehr|weiter|quelle",
  fr: "lire|suite|la suite|voir|plus|source",
  es: "leer|más|fuente|ver",
  pt: "ler|mais|fonte",
  it: "leggi|continua|altro|fonte",
  nl: "meer|bron|lees",
  sv: "mer|källa",
  pl: "więcej|źródło",
  cs: "více|zdroj",
  tr: "devamı|kaynak",
  ru: "далее|дальше|ещё|еще|источник|читать",
  uk: "далі|джерело",
  zh: "详情|詳情|详细|詳細|更多|全文|原文|阅读|閱讀|来源|來源",
  ja: "全文|詳細|続き|詳しく|元記事",
  ko: "전문|자세히|원문|출처",
  ar: "المزيد|التفاصيل|اقرأ|إقرأ|المصدر|التتمة",
  he: "עוד|המשך|מקור",
  hi: "और|अधिक|विस्तार से|स्रोत",
  th: "อ่าน|เพิ่มเติม|ที่มา",
};
