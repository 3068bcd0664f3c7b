/**
 * What publishers put around their texts, by kind and language: plain words, in lower case, compiled by
 * `boilerplate.ts`. All languages are looked for in every text, since feeds mix them. To add a language, add its line to each kind.
 */
export type Words = Readonly<Record<string, string>>;

/** A label before a colon, slash or bar: the text after it is a caption or its credit. */
export const pictureLabels: Words = {
  en:
    "photo|photos|file photo|image|images|picture|pictured|photo credit|image credit|photo by|" +
    "image by|featured image|illustration|figure|fig.|credit|credits|caption|screenshot",
  de:
    "foto|fotos|bild|bilder|symbolbild|symbolfoto|archivbild|archivfoto|titelbild|" +
    "beitragsbild|bildquelle|abbildung|abb.|fotocredit|bildnachweis",
  fr: "photo d'archives|photo d’archives|crédit photo|crédits photo|crédits|légende|illustration",
  es: "foto de archivo|imagen|imagen de archivo|crédito|créditos|fotografía|pie de foto",
  pt: "imagem|foto de arquivo|crédito da foto|fotografia",
  it: "immagine|fonte foto|foto d'archivio|foto d’archivio|didascalia",
  ru: "фото|фотография|на фото|источник фото|иллюстрация|архивное фото",
  zh: "图|圖|图片|圖片|图片来源|圖片來源|资料图|資料圖|资料图片|资料照|資料照|资料照片|資料照片|题图|頭圖|配图|图注|图说|圖說|档案图|檔案圖|照片|摄影|攝影",
  ja: "写真|画像|写真提供|資料写真|撮影",
  ko: "사진|자료사진|사진 제공|사진제공",
  ar: "الصورة|صورة|صورة أرشيفية",
  he: "תמונה|צילום|צילום ארכיון",
  hi: "फोटो|फ़ोटो|तस्वीर|छवि",
  th: "ภาพ|เครดิตภาพ|ภาพประกอบ|แฟ้มภาพ",
};

/** A label before a colon, slash or bar: the text after it says who wrote, translated or first published. */
export const authorLabels: Words = {
  en:
    "editor's note|editor’s note|correction|clarification|author|authors|by|written by|" +
    "posted by|story by|words by|reporting by|editing by|edited by|source|via",
  de: "autor|autorin|autoren|von|quelle|redaktion",
  fr: "auteur|autrice|par|source|rédaction",
  es: "autor|autora|por|fuente|redacción",
  pt: "autor|autora|por|fonte|redação",
  it: "autore|autrice|di|fonte|redazione",
  ru: "автор|авторы|текст|источник|редактор",
  zh:
    "作者|本文作者|原作者|记者|記者|编辑|編輯|责编|責編|责任编辑|責任編輯|文|撰文|译者|譯者|翻译|翻譯|校对|校對|审校|来源|來源|本文来源|出处|出處|原文|" +
    "原文链接|原文連結|原文地址|本文原文|本文链接|本文地址|本文原文来自|原载|转载自|题|原标题|声明|聲明|免责声明|免責聲明|轉載自|作者介绍|作者介紹|作者简介|" +
    "作者簡介",
  ja: "執筆|文|取材|著者|筆者|出典|編集",
  ko: "기자|글|취재|출처|작성자",
  ar: "الكاتب|بقلم|المصدر|كتب|تحرير",
  he: "מאת|מקור|כתב",
  hi: "लेखक|स्रोत|रिपोर्ट|द्वारा",
  th: "ผู้เขียน|โดย|ที่มา|เรื่อง",
};

/** A label before a colon: the words after it file the text. */
export const indexLabels: Words = {
  en:
    "tag|tags|category|categories|filed under|topics|related|related articles|related posts|" +
    "see also|read also|also read",
  de: "schlagwörter|schlagworte|kategorie|kategorien|themen|siehe auch",
  fr: "étiquettes|catégorie|catégories|mots-clés|voir aussi",
  es: "etiquetas|categoría|categorías|temas|véase también",
  pt: "etiquetas|categoria|categorias|tópicos|veja também",
  it: "etichette|categoria|categorie|argomenti|vedi anche",
  ru: "теги|метки|рубрика|рубрики|категория",
  zh: "标签|標籤|分类|分類|关键词|關鍵詞|關鍵字|相关阅读|相關閱讀|相关链接|相關連結|相关报道|相關報導|延伸阅读|延伸閱讀|推荐阅读|推薦閱讀",
  ja: "タグ|カテゴリ|カテゴリー|関連記事|関連リンク",
  ko: "태그|키워드|카테고리|관련 기사|관련기사",
  ar: "الوسوم|التصنيف|كلمات مفتاحية|مواضيع ذات صلة",
  he: "תגיות|קטגוריה|עוד בנושא",
  hi: "टैग|श्रेणी|संबंधित खबरें",
  th: "แท็ก|หมวดหมู่|ข่าวที่เกี่ยวข้อง",
};

/** Alone, with or without marks around them: headings of boxes, marks of editors, advertising. */
export const alone: Words = {
  en:
    "advertisement|advertising|sponsored|sponsored content|share|share this|" +
    "share this article|tweet|print|comments|recommended|end|ends|update|updated|developing|" +
    "more to follow|more soon|disclaimer|table of contents|listen|watch|loading",
  de: "anzeige|werbung|teilen|drucken|kommentare|aktualisiert|inhaltsverzeichnis|inhalt",
  fr: "publicité|partager|imprimer|commentaires|mis à jour|sommaire",
  es: "publicidad|compartir|imprimir|comentarios|actualizado|índice",
  pt: "publicidade|compartilhe|compartilhar|partilhar|comentários|atualizado|índice",
  it: "pubblicità|condividi|stampa|commenti|aggiornato|indice",
  ru: "реклама|поделиться|комментарии|обновлено|содержание|подробнее",
  zh: "广告|廣告|完|完结|编者按|編者按|编者注|目录|目錄|分享|正文|更新",
  ja: "広告|目次|シェア|関連記事|了|訳注",
  ko: "광고|공유|끝|목차|댓글",
  ar: "إعلان|مشاركة|تعليقات|تحديث",
  he: "פרסומת|שתפו|תגובות|עדכון",
  hi: "विज्ञापन|शेयर करें|टिप्पणियाँ",
  th: "โฆษณา|แชร์|ความคิดเห็น",
};

/** First words of a short text that asks its reader to do something. */
export const invitations: Words = {
  en:
    "subscribe|sign up|follow us|join our|join us on|like us on|click here|tap here|" +
    "download our app|download the app|get our newsletter|read more|read also|read next|" +
    "read the full|read the rest|read the original|continue reading|see also|also read|" +
    "don't miss|don’t miss|leave a comment|leave a reply|comments on|comments are closed|" +
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
  it: "iscriviti|abbonati|seguici|leggi anche|leggi tutto|leggi di più|continua a leggere|clicca qui",
  ru:
    "подпишитесь|подписывайтесь|подписаться|читайте также|читать далее|читать дальше|" +
    "читать полностью|смотрите также|нажмите здесь|следите за нами",
  zh:
    "点击|點擊|点此|扫码|掃碼|扫描二维码|长按|关注我们|關注我們|关注公众号|关注微信|欢迎关注|歡迎關注|欢迎订阅|歡迎訂閱|订阅|訂閱|阅读全文|閱讀全文|阅读原文|" +
    "閱讀原文|阅读更多|閱讀更多|查看原文|查看全文|查看更多|继续阅读|繼續閱讀|更多精彩|更多内容|分享到|转载请|轉載請|未经授权|未經授權|未经许可|未經許可",
  ja: "続きを読む|続きはこちら|もっと読む|あわせて読みたい|登録はこちら|購読は|メルマガ登録|フォローして|この記事をシェア|無断転載",
  ko: "더 보기|더보기|더 읽기|구독하기|구독을|기사 더보기|무단 전재|무단전재",
  ar: "اقرأ أيضا|اقرأ أيضًا|اقرأ المزيد|للمزيد|اشترك|تابعونا|تابعنا|انقر هنا",
  he: "קראו עוד|קראו גם|לקריאה נוספת|להמשך קריאה|הירשמו|עקבו אחרינו|לחצו כאן",
  hi: "और पढ़ें|यह भी पढ़ें|ये भी पढ़ें|आगे पढ़ें|सब्सक्राइब करें|हमें फॉलो करें|यहां क्लिक करें",
  th: "อ่านต่อ|อ่านเพิ่มเติม|อ่านข่าว|ติดตามเรา|ติดตามข่าวสาร|สมัครรับ|สมัครสมาชิก|คลิกที่นี่",
};

/** At the end of a text: the invitation to read the rest of it. */
export const teasers: Words = {
  en:
    "read more|read on|read the full story|read the full article|read the full post|" +
    "read the whole story|read the rest|continue reading|keep reading|click to continue",
  de: "weiterlesen|mehr lesen|zum artikel|lesen sie mehr",
  fr: "lire la suite|lire plus|en savoir plus|lire l'article|lire l’article",
  es: "leer más|seguir leyendo|sigue leyendo|leer artículo completo",
  pt: "leia mais|ler mais|continue lendo|continuar a ler",
  it: "leggi tutto|continua a leggere|leggi di più",
  ru: "читать далее|читать дальше|читать полностью|подробнее",
  zh: "阅读全文|閱讀全文|阅读更多|閱讀更多|查看全文|继续阅读|繼續閱讀",
  ja: "続きを読む|もっと読む|続きはこちら",
  ko: "더 보기|더보기|더 읽기|계속 읽기",
  ar: "اقرأ المزيد|تابع القراءة",
  he: "קראו עוד|קרא עוד|להמשך קריאה",
  hi: "और पढ़ें|आगे पढ़ें|पूरा पढ़ें",
  th: "อ่านต่อ|อ่านเพิ่มเติม",
};

/** Expressions for what words alone cannot say; each linear. */
export const patterns: readonly RegExp[] = [
  // Dates on a line of their own, as mail (RFC 5322), ISO 8601 and newspapers write them.
  /^(?:\p{L}{2,10}\.?,? )?\d{1,2}\.? (?:de |d')?\p{L}{3,10}\.?,?(?: de)? \d{4}(?:,? (?:at |um |à |a las )?\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?)?(?: (?:GMT|UTC|[A-Z]{2,4}|[+-]\d{4}))?\.?$/u,
  /^(?:\p{L}{3,10},? )?\p{L}{3,10}\.? \d{1,2},? \d{4}(?:,? (?:at )?\d{1,2}:\d{2}(?: ?[AaPp]\.?[Mm]\.?)?)?(?: [A-Z]{2,4})?\.?$/u,
  /^(?:\p{L}{2,8}[:：] ?)?\d{4}[-/.年] ?\d{1,2}[-/.月] ?\d{1,2}日?(?:[T ]*(?:星期.|[（(].[)）])?[T ]*\d{1,2}[:：时時]\d{2}分?(?:[:：]\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?$/u,
  /^(?:(?:first |last )?(?:published|updated|posted|modified)(?: on| at)?|stand|veröffentlicht(?: am)?|aktualisiert(?: am)?|publié(?: le)?|mis à jour(?: le)?|publicado(?: el| em)?|actualizado(?: el)?|atualizado(?: em)?|pubblicato(?: il)?|aggiornato(?: il)?|опубликовано|обновлено|发布时间|發布時間|更新时间|更新時間|发布于|發布於|公開日|更新日|입력|수정) ?[:：]? ?[^.!?]{0,16}\d[^!?]{0,40}$/iu,
  /^\d{4}[-/.年] ?\d{1,2}[-/.月] ?\d{1,2}.{0,16}(?:来源|來源|作者|编辑|編輯|记者|記者|浏览|瀏覽|阅读|閱讀|出典) ?[:：]/u,
  // Bylines without a colon; the name is capitalised, and no end mark follows.
  /^(?:By|BY|Posted by|Written by|Von|VON|Par|PAR|Por|POR|Di|De) \p{Lu}[^.!?:;]{1,70}$/u,
  /^[^。！？]{0,24}[|｜/／] ?(?:记者|記者|编辑|編輯|文|作者|撰文|责编|責編)[^。！？]{0,24}$/u,
  /^(?:本报|本報|实习|實習|特约|特約)?(?:记者|記者|通讯员|編輯|编辑) ?[\p{Script=Han}·、 ]{2,24}(?:[/／｜|][\p{Script=Han} ]{2,12})?$/u,
  // The whole of it in brackets, about the sources.
  /^[（(【[](?:本文|记者|記者|编辑|編輯|责编|作者|来源|來源|完|路透|法新|美联|美聯|中央社|綜合|综合|译者|譯者|实习|with files|reporting|additional reporting|source|quelle|avec|con información|com informações|с использованием)[^）)】\]]{0,120}[）)】\]][。.]?$/iu,
  /^(?:本文|本报道|本報道|本稿)(?:首发|首發|转载|轉載|原载|最初发表|由.{1,30}(?:授权|授權))/u,
  /^本文(?:来自|來自)(?:微信|公众号|公眾號|网络|網路)/u,
  /^※/u,
  /^.{3,120}(?<!\p{L})contributed (?:to this (?:report|story|article)|reporting)(?!\p{L}).{0,40}$/iu,
  /^(?:additional reporting|reporting|writing|with files) (?:by|from)(?!\p{L})/iu,
  /^(?:some information (?:for|in) this (?:report|story|article)|this (?:article|story|report|post) (?:was )?(?:originally |first )(?:appeared|published|ran)|originally published)(?!\p{L})/iu,
  // WordPress, in its languages: `The post X appeared first on Y.`
  /^(?:the post|the article|post) .{0,250}(?:appeared first|first appeared|was first published) (?:on|in|at)(?!\p{L})/iu,
  /^(?:der (?:beitrag|artikel)|dieser (?:beitrag|artikel)) .{0,250}(?:erschien zuerst|zuerst erschienen)/iu,
  /^(?:l['’]article|cet article) .{0,250}(?:est apparu en premier|a été publié (?:en premier|initialement))/iu,
  /^(?:la entrada|este artículo|el artículo) .{0,250}(?:se publicó primero|apareció primero|aparece primero)/iu,
  /^(?:o post|este artigo|o artigo) .{0,250}(?:apareceu primeiro|foi publicado (?:originalmente|primeiro))/iu,
  /^(?:l['’]articolo|questo articolo) .{0,250}(?:proviene da|sembra essere il primo|è apparso per primo|è stato pubblicato (?:per|originariamente))/iu,
  /^(?:сообщение|запись) .{0,250}(?:появил(?:ось|ась) сначала|впервые появил)/iu,
  /^(?:投稿|記事) .{0,200}(?:は .{0,80} に最初に表示されました)/u,
  /^follow .{1,60} (?:on|at) (?:twitter|x|instagram|facebook|mastodon|bluesky|linkedin|threads|tiktok|youtube)(?!\p{L})/iu,
  /^(?:folgen sie|suivez|sigue a|siga|segui) .{1,60} (?:auf|sur|en|no|su) (?:twitter|x|instagram|facebook|mastodon|bluesky|linkedin|threads|tiktok|youtube)(?!\p{L})/iu,
  /^(?:(?:pre-)?order|buy|watch|listen|read|get|book|register|apply|download|tickets|more|details|find out more|learn more)(?: \p{L}+){0,3} here[.!]$/iu,
  /^(?:(?:recorded|hosted) (?:by )?and )?(?:recorded|edited|produced|hosted) by [^.!?]{2,80}[.!]?$/iu,
  /^special thanks to .{2,60} for (?:this|the) (?:image|photo|picture|illustration)s?(?!\p{L})/iu,
  // Rights.
  /^(?:©|\(c\)|ⓒ|copyright\b|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos|todos os direitos|tutti i diritti|все права защищены|版权所有|版權所有|版权声明|版權聲明|著作権|저작권자|جميع الحقوق|כל הזכויות|सर्वाधिकार|สงวนลิขสิทธิ์)/iu,
  /^(?:\d+ (?:min(?:ute)?s? read|comments?|views?|shares?|likes?|min\.? (?:lesezeit|de lecture|de lectura|de leitura|di lettura))|(?:reading time|lesezeit|temps de lecture|tiempo de lectura|tempo de leitura|tempo di lettura|время чтения|阅读时间|预计阅读)[:： ].{0,20})\.?$/iu,
  // A table in a Markdown text.
  /^\|.*\|$/u,
  // Nothing but marks.
  /^[^\p{L}\p{N}]+$/u,
];
