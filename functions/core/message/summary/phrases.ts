/**
 * What publishers put around their texts, one expression for each kind, anchored to the start of a block or
 * sentence. Each is linear: no nested repetition.
 */
export const phrases: readonly RegExp[] = [
  // Dates on a line of their own, as mail, RFC 822, ISO 8601 and newspapers write them.
  /^(?:\p{L}{2,10}\.?,? )?\d{1,2}\.? (?:de |d')?\p{L}{3,10}\.?,?(?: de)? \d{4}(?:,? (?:at |um |à |a las )?\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?)?(?: (?:GMT|UTC|[A-Z]{2,4}|[+-]\d{4}))?\.?$/u,
  /^(?:\p{L}{3,10},? )?\p{L}{3,10}\.? \d{1,2},? \d{4}(?:,? (?:at )?\d{1,2}:\d{2}(?: ?[AaPp]\.?[Mm]\.?)?)?(?: [A-Z]{2,4})?\.?$/u,
  /^\d{4}[-/.年] ?\d{1,2}[-/.月] ?\d{1,2}日?(?:[T ]*(?:星期.|[（(].[)）])?[T ]*\d{1,2}[:：时]\d{2}(?:[:：]\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?$/u,
  // Photographs.
  /^(?:\(|（|\[)?(?:file photo|photos?|image|images|pictured?|picture|photo credit|image credit|featured image|illustration|credit|credits|caption|getty images|courtesy)(?: by| via| courtesy of)? ?[:：|/]/iu,
  /^(?:photo|image|picture|illustration)s? (?:by|courtesy|credit)\b/iu,
  /^(?:foto|fotos|bild|bilder|symbolbild|archivbild|titelbild|bildquelle|fotocredit|beitragsbild|archivfoto|foto de archivo|imagen|crédito|créditos|imagem|crédit photo|crédits|photo d'archives|photo d’archives|légende|immagine|fonte foto|foto d'archivio|фото|иллюстрация|на фото|источник фото) ?(?:[:：©]|\()/iu,
  /^[（(]?(?:图|圖|图片|圖片|图片来源|圖片來源|资料图|資料圖|资料照|資料照|资料照片|資料照片|题图|頭圖|配图|图注|圖說|图说|档案图|檔案圖|照片|写真|画像|사진|자료사진)[）)]? ?(?:[:：/／]|=|＝)/u,
  /^(?:الصورة|صورة|تصوير|צילום|תמונה|फोटो|तस्वीर|छवि|ภาพ|เครดิตภาพ) ?[:：]/u,
  // Who wrote it.
  /^(?:by|posted by|written by|author|reporting by|edited by|editing by|story by|words by)[: ]+[\p{Lu}@][^.!?。]{0,80}$/iu,
  /^(?:von|autor(?:in|es|a)?|par|auteur|por|di|da|autore|redacción|redação|redazione|редакция|автор|текст) ?:? \p{Lu}[^.!?:;,]{1,60}$/u,
  /^(?:作者|记者|記者|编辑|編輯|责编|責編|责任编辑|責任編輯|文|撰文|译者|譯者|翻译|翻譯|校对|审校|来源|來源|出处|原文|原文链接|原文地址|原载|转载自|執筆|文責|取材|기자|글|취재|출처) ?[:：/／|｜]/u,
  /^[（(](?:本文|记者|記者|编辑|編輯|责编|作者|来源|來源|完|路透|法新社|美联社|聯合報|译者|譯者|实习)[^）)]{0,80}[）)]$/u,
  /^(?:本文|本报道|本報道|本稿)(?:首发|首發|转载|轉載|原载|最初发表|由.{1,30}授权)/u,
  /^本文(?:作者|来源|來源|链接|鏈接|地址|标题|原文|译自|編譯|编译)? ?[:：/／]/u,
  /^(?:with )?(?:reporting|additional reporting|writing|files) (?:by|from)\b/iu,
  /^(?:some information (?:for|in) this (?:report|story|article)|this (?:article|story|report|post) (?:was )?(?:originally|first) (?:appeared|published|ran)|originally published)\b/iu,
  /^(?:der (?:beitrag|artikel)|dieser (?:beitrag|artikel)|l['’]article|cet article|la entrada|este artículo|o post|este artigo|l['’]articolo|questo articolo|сообщение|запись) .{0,200}(?:erschien zuerst|zuerst erschienen|est apparu en premier|a été publié (?:en premier|initialement)|se publicó primero|apareció primero|apareceu primeiro|foi publicado (?:originalmente|primeiro)|(?:è|e) (?:stato pubblicato|apparso) (?:per|originariamente|prima)|появил(?:ось|ась) сначала)/iu,
  /^(?:the post|the article|post) .{0,250}\b(?:appeared first|first appeared|was first published) (?:on|in|at)\b/iu,
  // Rights, advertising, cookies.
  /^(?:©|\(c\)|copyright|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos|todos os direitos|tutti i diritti|все права защищены|版权所有|版權所有|版权声明|著作权|無断転載|저작권자|ⓒ|جميع الحقوق|כל הזכויות)/iu,
  /^(?:advertisement|sponsored(?: content| post)?|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|реклама|广告|廣告|広告|스폰서|광고|إعلان|פרסומת|विज्ञापन|โฆษณา)[:.]?$/iu,
  // Calls to do something.
  /^(?:[^\p{L}\p{N}]{1,8})?(?:subscribe|sign up|follow us|follow .{1,40} on (?:twitter|facebook|instagram|x\b)|join (?:us on|our)|like us on|share this|tweet|click here|tap here|download (?:the|our) app|listen to|watch the|read (?:more|also|next|the full|the rest|the original)|continue reading|see also|related(?: articles?| posts?| stories)?:|also read|more (?:on this|from)|don['’]t miss|recommended|leave a (?:comment|reply)|comments? (?:on|closed|off)|view (?:in|this) (?:browser|email)|support (?:us|our))\b/iu,
  /^(?:jetzt abonnieren|abonnieren sie|newsletter|melden sie sich|folgen sie|weiterlesen|mehr (?:lesen|zum thema|dazu)|lesen sie (?:auch|mehr|hier)|auch interessant|zum artikel|hier klicken|teilen|abonnez-vous|inscrivez-vous|suivez-nous|lire (?:aussi|la suite|plus)|à lire aussi|partager|suscríbete|suscríbase|síguenos|leer más|lee también|lea también|te puede interesar|compartir|assine|inscreva-se|siga-nos|leia (?:mais|também)|veja também|compartilhe|iscriviti|seguici|leggi (?:anche|tutto|di più)|continua a leggere|condividi|подпис(?:ывайтесь|аться|аться на)|читайте также|читать (?:далее|полностью|дальше)|подробнее|поделиться|смотрите также)(?!\p{L})/iu,
  /^(?:点击|點擊|点此|扫码|扫描|长按|关注(?:我们|公众号|微信)|關注我們|欢迎(?:关注|订阅|扫码|转发|加入)|歡迎(?:關注|訂閱)|订阅|訂閱|阅读(?:全文|原文|更多)|閱讀(?:全文|原文|更多)|查看(?:原文|全文)|相关(?:阅读|链接|报道|新闻)|相關(?:閱讀|連結|報導|新聞)|延伸(?:阅读|閱讀)|推荐阅读|分享到|更多(?:内容|精彩|资讯)|未经授权|未經授權|转载请|轉載請|续きを読む|続きを読む|関連記事|あわせて読みたい|購読|登録はこちら|フォロー|더 ?보기|더 ?읽기|관련 ?기사|구독|무단 ?전재)/u,
  /^(?:اقرأ (?:أيضا|أيضًا|المزيد)|اشترك|تابعنا|المزيد|شارك|קרא(?:ו)? (?:עוד|גם)|לקריאה נוספת|הירשמו|שתפו|और पढ़ें|यह भी पढ़ें|सब्सक्राइब|हमें फॉलो|อ่านต่อ|อ่านเพิ่มเติม|อ่านข่าว|ติดตาม(?:เรา|ข่าวสาร)|สมัคร(?:รับ|สมาชิก))/u,
  // Marks of editors, and what is only marks.
  /^[（(【[［]?(?:完|end|ends|完结|編集部|编者按|編者按|编者注|訳注|译者注|updated?|aktualisiert|mis à jour|actualizado|обновлено)[】）)\]］]?[:：]?$/iu,
  /^(?:tags?|categories|category|filed under|schlagwörter|kategorien?|étiquettes|catégories?|etiquetas|categorías|标签|標籤|分类|分類|关键词|關鍵詞|關鍵字|タグ|カテゴリー?|태그|키워드|теги|метки|рубрика|الوسوم|תגיות|टैग|แท็ก) ?[:：]/iu,
  /^\d+ (?:min(?:ute)?s? read|comments?|views?|shares?|likes?|min\.? (?:lesezeit|de lecture|de lectura|de leitura|di lettura))\.?$/iu,
  /^(?:reading time|lesezeit|temps de lecture|tiempo de lectura|tempo (?:de leitura|di lettura)|время чтения|阅读时间|预计阅读)/iu,
  /^[^\p{L}\p{N}]+$/u,
];

/** Invitations at the end of a text. */
export const teasers: readonly RegExp[] = [
  /\s*[[(（【]\s*(?:…|\.\.\.|&hellip;)\s*[\])）】](?:\s*(?:read more|continue reading|weiterlesen|lire la suite|leer más))?\s*[→»>]*$/iu,
  /\s*(?:…|\.\.\.)?\s*[[(（]?(?:read (?:more|on|the (?:full|whole) (?:story|article|post))|continue reading|keep reading|more|weiterlesen|mehr lesen|lire la suite|lire plus|leer más|seguir leyendo|leia mais|continue lendo|leggi tutto|continua a leggere|читать (?:далее|дальше|полностью)|подробнее|阅读(?:全文|更多)|閱讀(?:全文|更多)|查看全文|続きを読む|더 ?보기|더 ?읽기|اقرأ المزيد|קרא(?:ו)? עוד|और पढ़ें|อ่านต่อ)\s*(?:…|\.\.\.|[→»›>]+)[\])）]?$/iu,
  /(?<=[\p{Sentence_Terminal}…”"»」』）)]\s?)[[(（]?(?:read (?:more|on|the (?:full|whole) (?:story|article|post))|continue reading|keep reading|weiterlesen|mehr lesen|lire la suite|lire plus|leer más|seguir leyendo|leia mais|continue lendo|leggi tutto|continua a leggere|читать (?:далее|дальше|полностью)|подробнее|阅读(?:全文|更多)|閱讀(?:全文|更多)|查看全文|続きを読む|더 ?보기|더 ?읽기|اقرأ المزيد|קרא(?:ו)? עוד|और पढ़ें|อ่านต่อ)[\])）]?[.:]?$/iu,
];
