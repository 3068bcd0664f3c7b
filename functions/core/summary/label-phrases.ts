import type { PhraseTable } from "./phrase-table.ts";

/*
 * What publishers put around their texts, by kind and language, compiled by `boilerplate.ts`. All languages are searched in
 * every text, because feeds mix them. To add a language, add its line to each kind.
 */

/** Labels before a colon, slash or bar; the text after them is a caption or its credit. */
export const pictureLabels: PhraseTable = {
  en:
    "photo|photos|photograph|photographs|photographer|file photo|image|images|picture|pictured|photo credit|image credit|photo by|" +
    "image by|featured image|illustration|figure|fig.|credit|credits|caption|screenshot|" +
    "image credits|photo credits|picture credit|picture credits|video credit|cover image|cover photo|header image|" +
    "feature image|lead image|image source|photo source|image courtesy|photo courtesy|image via|photo via",
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

/** Labels before a colon, slash or bar; the text after them says who wrote, translated or first published the text. */
export const authorLabels: PhraseTable = {
  en:
    "author|authors|by|written by|" +
    "posted by|story by|words by|reporting by|editing by|edited by|source|via|sponsored by|sponsor|sponsors|our sponsor|our sponsors|today’s sponsor",
  de: "autor|autorin|autoren|von|quelle|redaktion|gesponsert von|werbepartner",
  fr: "auteur|autrice|par|source|rédaction|sponsorisé par",
  es: "autor|autora|por|fuente|redacción|patrocinado por",
  pt: "autor|autora|por|fonte|redação|patrocinado por",
  it: "autore|autrice|di|fonte|redazione|sponsorizzato da",
  ru: "автор|авторы|текст|источник|редактор|спонсор|спонсор выпуска",
  zh:
    "作者|本文作者|原作者|记者|記者|编辑|編輯|责编|責編|责任编辑|責任編輯|文|撰文|译者|譯者|翻译|翻譯|校对|校對|审校|来源|來源|本文来源|出处|出處|原文|" +
    "原文链接|原文連結|原文地址|本文原文|本文链接|本文地址|本文原文来自|原载|转载自|题|原标题|轉載自|作者介绍|作者介紹|作者简介|赞助商|贊助商|" +
    "作者簡介",
  ja: "執筆|文|取材|著者|筆者|出典|編集",
  ko: "기자|글|취재|출처|작성자",
  ar: "الكاتب|بقلم|المصدر|كتب|تحرير",
  he: "מאת|מקור|כתב",
  hi: "लेखक|स्रोत|रिपोर्ट|द्वारा",
  th: "ผู้เขียน|โดย|ที่มา|เรื่อง",
};

/** Labels before a colon; the text after them is about the article, such as a correction. */
export const noteLabels: PhraseTable = {
  en: "editor's note|editor’s note|author's note|author’s note|correction|corrections|clarification|disclaimer|disclosure|note to readers",
  de: "anmerkung der redaktion|korrektur|korrekturhinweis|hinweis der redaktion|transparenzhinweis",
  fr: "note de la rédaction|ndlr|rectificatif|erratum",
  es: "nota de la redacción|nota del editor|corrección|fe de errores",
  pt: "nota da redação|nota do editor|correção|errata",
  it: "nota della redazione|nota dell'editore|correzione|errata corrige",
  ru: "примечание редакции|от редакции|исправление",
  zh: "声明|聲明|免责声明|免責聲明|编者注|編者註|更正",
  ja: "編集部注|訂正|お断り",
  ko: "편집자 주|정정",
};

/** Press contacts, as a line or as a label. The text ends before them. */
export const pressContacts: PhraseTable = {
  en: "media contact|media contacts|media enquiries|media inquiries|press contact|press contacts|contact for media|contacts for media|investor contact",
  de: "pressekontakt|pressekontakte|medienkontakt|medienkontakte|rückfragehinweis|rückfragen|rückfragen an|ansprechpartner für die presse",
  fr: "contact presse|contacts presse|relations presse|contact médias",
  es: "contacto de prensa|contacto para prensa|contacto para medios",
  pt: "contato para a imprensa|contacto de imprensa|assessoria de imprensa",
  it: "contatti stampa|ufficio stampa|contatto stampa",
  ru: "контакты для прессы|контакты для сми|пресс-служба",
  zh: "媒体联系|媒體聯絡|媒体联系人|媒體聯絡人|媒体联络|新聞聯絡人|新闻联系人",
  ja: "本件に関するお問い合わせ先|本件に関するお問い合わせ|報道関係者お問い合わせ先|お問い合わせ先",
  ko: "언론 연락처|보도자료 문의|미디어 문의",
};

/** Labels before a colon; the words after them are tags or related articles. */
export const indexLabels: PhraseTable = {
  en:
    "tag|tags|category|categories|filed under|topics|related|related articles|related posts|" +
    "see also|read also|also read",
  de: "schlagwörter|schlagworte|kategorie|kategorien|themen|siehe auch",
  fr: "étiquettes|catégorie|catégories|mots-clés|voir aussi",
  es: "etiquetas|categoría|categorías|temas|véase también",
  pt: "etiquetas|categoria|categorias|tópicos|veja também",
  it: "etichette|categoria|categorie|argomenti|vedi anche",
  ru: "теги|метки|рубрика|рубрики|категория",
  zh: "标签|標籤|分类|分類|关键词|關鍵詞|關鍵字|分享到|相关阅读|相關閱讀|相关链接|相關連結|相关报道|相關報導|延伸阅读|延伸閱讀|推荐阅读|推薦閱讀",
  ja: "タグ|カテゴリ|カテゴリー|関連記事|関連リンク",
  ko: "태그|키워드|카테고리|관련 기사|관련기사",
  ar: "الوسوم|التصنيف|كلمات مفتاحية|مواضيع ذات صلة",
  he: "תגיות|קטגוריה|עוד בנושא",
  hi: "टैग|श्रेणी|संबंधित खबरें",
  th: "แท็ก|หมวดหมู่|ข่าวที่เกี่ยวข้อง",
};
