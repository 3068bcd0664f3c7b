import * as fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { summarise, summaryLimit } from "../../../functions/core/summary/summarise.ts";

const limits = [300, 160, 140, 70];
const escape = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

/** A plain paragraph by language; boilerplate around it must not be in the summary. */
const paragraphs: Readonly<Record<string, string>> = {
  en: "The council of Alderbrook voted on Tuesday to rebuild the bridge that the flood had carried away.",
  de: "Der Stadtrat von Erlenbach hat am Dienstag beschlossen, die vom Hochwasser zerstörte Brücke neu zu bauen.",
  fr: "Le conseil municipal d’Aulnaie a décidé mardi de reconstruire le pont emporté par la crue.",
  es: "El concejo de Alisal decidió el martes reconstruir el puente que se llevó la crecida.",
  pt: "A câmara de Amieira decidiu na terça-feira reconstruir a ponte que a cheia levou.",
  it: "Il consiglio di Ontano ha deciso martedì di ricostruire il ponte travolto dalla piena.",
  ru: "Совет Ольховки во вторник решил восстановить мост, который снесло паводком.",
  "zh-Hans": "桤木镇议会星期二投票决定重建被洪水冲走的大桥，工程将于明年春天开始。",
  "zh-Hant": "榿木鎮議會星期二投票決定重建被洪水沖走的大橋，工程將於明年春天開始。",
  ja: "榛木町議会は火曜日、洪水で流された橋を再建することを決めた。",
  ko: "오리나무 시의회는 화요일 홍수로 떠내려간 다리를 다시 짓기로 결정했다.",
  ar: "قرر مجلس البلدة يوم الثلاثاء إعادة بناء الجسر الذي جرفته السيول.",
  he: "מועצת העיירה החליטה ביום שלישי לבנות מחדש את הגשר שנסחף בשיטפון.",
  hi: "नगर परिषद ने मंगलवार को बाढ़ में बह गए पुल को फिर से बनाने का फैसला किया।",
  th: "สภาเมืองลงมติเมื่อวันอังคารให้สร้างสะพานที่ถูกน้ำพัดหายไปขึ้นใหม่",
};

/** `¶` is the paragraph. */
const around: Readonly<Record<string, readonly string[]>> = {
  en: [
    "<figure><img src='a.jpg'><figcaption>The bridge before the flood.</figcaption></figure><p>¶</p>",
    "<p class='wp-caption-text'>The bridge in May, when it still stood over the river.</p><p>¶</p>",
    "<p>ALDERBROOK (AP) — ¶</p>",
    "<p>ALDERBROOK, Jan. 5 (Reuters) - ¶</p>",
    "<p>ALDERBROOK — ¶</p>",
    "<p>By Jane Doe</p><p>¶</p>",
    "<p>By JANE DOE, Staff Writer<br>¶</p>",
    "<div>Posted by Jane on Monday</div><p>¶</p>",
    "<p>Photo: Jane Doe/Example Press.</p><p>¶</p>",
    "<p>File photo: the bridge in 2019.</p><p>¶</p>",
    "<p>¶ <a href='x'>Read more…</a></p>",
    "<p>¶ [&hellip;]</p>",
    "<p>¶</p><p>The post <a href='x'>Bridge to be rebuilt</a> appeared first on <a href='y'>The Alder</a>.</p>",
    "<p>¶ The post Bridge to be rebuilt appeared first on The Alder.</p>",
    "<div class='newsletter-box'><p>Get the best stories of the week in your inbox every Friday.</p></div><p>¶</p>",
    "<p>Subscribe to our newsletter and never miss a story.</p><p>¶</p>",
    "<p>¶</p><p>Some information for this report came from Example Press.</p>",
    "<p>¶</p><p><em>(With files from Example Press)</em></p>",
    "<p>¶</p><p>© 2026 The Alder. All rights reserved.</p>",
    "<p>Advertisement</p><p>¶</p>",
    "<p>Monday, January 5, 2026 at 6:11 p.m.</p><p>¶</p>",
    "<div><i>Thu, 25 Jan 2024 20:28:16 GMT</i></div><p>¶</p>",
    "<ul><li><a href='a'>First link</a></li><li><a href='b'>Second link</a></li></ul><p>¶</p>",
    "<p>¶</p><p>Related: <a href='x'>Another bridge falls</a></p>",
    "<h1>The title of it all</h1><p>¶</p>",
    "<script>document.write('Nothing to see here, move along please.')</script><style>p{color:red}</style><p>¶</p>",
    "<table><tr><td>Length</td><td>120 metres</td></tr></table><p>¶</p>",
    "<pre>npm install bridge --save-dev --no-audit</pre><p>¶</p>",
    "<p>3 min read</p><p>¶</p>",
    "<p>Tags: bridges, floods</p><p>¶</p>",
  ],
  de: [
    "<p>Erlenbach (dpa/lby) - ¶</p>",
    "<p>ERLENBACH taz | ¶</p>",
    "<p>Erlenbach, 5. Januar 2026 – ¶</p>",
    "<p>Von Jana Muster</p><p>¶</p>",
    "<p>Foto: Jana Muster/Beispiel-Agentur.</p><p>¶</p>",
    "<p>¶</p><p>Der Beitrag <a href='x'>Brücke</a> erschien zuerst auf <a href='y'>Erlenblatt</a>.</p>",
    "<p>¶ <a href='x'>Weiterlesen →</a></p>",
    "<p>Lesen Sie auch: Der Fluss und seine Brücken.</p><p>¶</p>",
    "<p>Anzeige</p><p>¶</p>",
  ],
  fr: [
    "<p>AULNAIE (AFP) – ¶</p>",
    "<p>Aulnaie, le 5 janvier — ¶</p>",
    "<p>Par Jeanne Modèle</p><p>¶</p>",
    "<p>Crédit photo : Jeanne Modèle.</p><p>¶</p>",
    "<p>¶ <a href='x'>Lire la suite →</a></p>",
    "<p>¶</p><p>L’article Le pont est apparu en premier sur L’Aulne.</p>",
    "<p>À lire aussi : La rivière et ses ponts.</p><p>¶</p>",
  ],
  es: [
    "<p>Alisal, 5 ene (EFE).- ¶</p>",
    "<p>ALISAL, 5 (EUROPA PRESS) ¶</p>",
    "<p>Foto de archivo: el puente en 2019.</p><p>¶</p>",
    "<p>¶ Leer más…</p>",
    "<p>¶</p><p>La entrada El puente se publicó primero en El Aliso.</p>",
    "<p>Síguenos en nuestras redes.</p><p>¶</p>",
  ],
  pt: [
    "<p>AMIEIRA, 5 de janeiro — ¶</p>",
    "<p>Por Joana Modelo</p><p>¶</p>",
    "<p>¶ Leia mais…</p>",
    "<p>¶</p><p>O post A ponte apareceu primeiro em O Amieiro.</p>",
  ],
  it: [
    "<p>(ANSA) - ONTANO, 05 GEN - ¶</p>",
    "<p>Di Gianna Esempio</p><p>¶</p>",
    "<p>¶ Leggi tutto…</p>",
    "<p>¶</p><p>L'articolo Il ponte proviene da L'Ontano.</p>",
  ],
  ru: [
    "<p>ОЛЬХОВКА, 5 января. /ТАСС/. ¶</p>",
    "<p>ОЛЬХОВКА, 5 янв — РИА Новости. ¶</p>",
    "<p>Фото: Пример Пресс.</p><p>¶</p>",
    "<p>¶ Читать далее…</p>",
    "<p>Читайте также: Мосты нашей реки.</p><p>¶</p>",
  ],
  "zh-Hans": [
    "<p>新华社桤木1月5日电（记者张三）¶</p>",
    "<p>中新网1月5日电 ¶</p>",
    "<p>本报讯 ¶</p>",
    "桤木镇 — <p>¶</p>",
    "<p>桤木镇 — ¶</p>",
    "<div><small>资料照片：洪水之前的大桥。（2019年5月5日）</small></div><p>¶</p>",
    "<p>图片来源：示例通讯社。</p><p>¶</p>",
    "<p>记者：张三　编辑：李四</p><p>¶</p>",
    "<p>¶</p><p>（本文参考了示例社的报道。）</p>",
    "<p>¶（责任编辑：李四）</p>",
    "<p>¶</p><p>版权所有，未经授权不得转载。</p>",
    "<p>¶</p><p>点击阅读原文，关注我们的公众号。</p>",
    "<p>本文首发于示例网。</p><p>¶</p>",
    "<p>2026年1月5日 星期一 18:30</p><p>¶</p>".replace(" 星期一", ""),
  ],
  "zh-Hant": [
    "<p>（中央社記者王小明榿木5日電）¶</p>",
    "<p>【示例報記者王小明／榿木報導】¶</p>",
    "<p>圖：洪水之前的大橋。</p><p>¶</p>",
    "<p>¶</p><p>延伸閱讀：河流與橋。</p>",
  ],
  ja: [
    "<p>【榛木＝山田花子】¶</p>",
    "<p>【榛木共同】¶</p>",
    "<p>［榛木　５日　ロイター］ - ¶</p>",
    "<p>写真：洪水前の橋。</p><p>¶</p>",
    "<p>¶ 続きを読む</p>",
    "<p>関連記事：川と橋の歴史。</p><p>¶</p>",
  ],
  ko: [
    "<p>(오리=연합뉴스) 홍길동 기자 = ¶</p>",
    "<p>[오리=뉴시스] ¶</p>",
    "<p>사진: 홍수 전의 다리.</p><p>¶</p>",
    "<p>¶ 더 보기…</p>",
    "<p>¶</p><p>저작권자 ⓒ 예시일보, 무단 전재 및 재배포 금지.</p>",
  ],
  ar: [
    "<p>القاهرة (رويترز) - ¶</p>",
    "<p>واشنطن – ¶</p>",
    "<p>صورة: الجسر قبل السيول.</p><p>¶</p>",
    "<p>¶ اقرأ المزيد…</p>",
  ],
  he: ["<p>צילום: סוכנות לדוגמה.</p><p>¶</p>", "<p>¶ קראו עוד…</p>"],
  hi: ["<p>नई दिल्ली, 5 जनवरी (भाषा) ¶</p>", "<p>फोटो: बाढ़ से पहले का पुल।</p><p>¶</p>", "<p>¶ और पढ़ें…</p>"],
  th: ["<p>ภาพ: สะพานก่อนน้ำท่วม</p><p>¶</p>", "<p>¶ อ่านต่อ…</p>"],
};

describe.each(Object.entries(around))("boilerplate around a text in %s", (language, rows) => {
  const paragraph = paragraphs[language]!;
  it.each(rows)("is left out: %s", (row) => {
    const html = row.replace("¶", escape(paragraph));
    expect(summarise({ title: "The title of it all", html, limit: 300 })).toBe(paragraph);
    expect(summarise({ title: "The title of it all", html, language, limit: 300 })).toBe(paragraph);
  });
});

describe("a link to read more after a cut", () => {
  it.each([
    ["The ferry sails again on Saturday, and the council has kept the old [&#8230;]"],
    [
      "The ferry sails again on Saturday, and the council has kept the old … <a href='x'>Continue reading →</a>",
    ],
    ["The ferry sails again on Saturday, and the council has kept the old <a href='x'>Read more…</a>"],
    ["The ferry sails again on Saturday, and the council has kept the old..."],
  ])("is removed, and an ellipsis shows the cut: %s", (html) => {
    expect(summarise({ title: "", html, limit: 300 })).toMatch(
      /^The ferry sails again on Saturday, and the council has kept the old(?:…|\.\.\.)$/,
    );
  });
});

describe("a text that looks like boilerplate", () => {
  it.each([
    "By the end of the year, the council hopes to have found a builder.",
    "Apple — the company that began in a garage — has moved again.",
    "Related work by other groups has shown the same effect in mice.",
    "The post office in the village closes in June after eighty years.",
    "Share prices fell on Monday for the third day in a row.",
    "More than 40 people came to the opening of the library.",
    "Photographs of the old bridge sold for record prices on Friday.",
    "Teile der Brücke wurden am Dienstag aus dem Fluss geborgen.",
    "Von der Brücke blieb nach dem Hochwasser nur ein Pfeiler stehen.",
    "本文介绍了如何在一台小机器上运行服务网格，并比较了三种方案。",
    "图书馆星期二重新开放，市民可以免费借阅。",
    "文化部长星期二宣布辞职，总统已经接受。",
    "写真家の山田さんは火曜日、個展を開いた。",
    "広告業界は今年も成長を続けている。",
    "Foto-Ausstellungen haben in der Stadt eine lange Tradition.",
    "Por la tarde volvió la lluvia y el río creció de nuevo.",
    "According to the Associated Press (AP) Senator Lowell has resigned from his post.",
    "World leaders (among them the AP's own guests) met in the old town hall.",
    "NASA: nobody has seen the comet since the storm of last week.",
    "市长12日电话通知各区，大桥星期三恢复通车。",
    "思科网讯发布了新的会议软件，支持中文字幕。",
    "人工智能正在改变新闻社的工作方式，编辑们并不担心。",
    "新华社的记者星期二在大桥上采访了居民和工程师。",
    "प्रधानमंत्री ने कहा: पुल जनवरी में खुलेगा और बसें चलेंगी।",
    "Di notte la città è vuota e il fiume fa paura a tutti.",
    "COVID-19 cases rose sharply in the region this week.",
    "US-China trade talks resume on Monday in Geneva.",
    "US–China trade talks resume on Monday in Geneva.",
    "EU-Kommission plant neue Regeln für Plattformen.",
    "CDU-Chef Muster hat am Montag Reformen angekündigt.",
    "USB-C wird Pflicht für alle Geräte.",
    "UTF-8 is the default encoding of the web now.",
    "UN-Sicherheitsrat tagt am Dienstag zur Lage.",
    "COP-30 Gipfel beginnt am Montag.",
    "NATO – Die Allianz tagt am Dienstag in der Hauptstadt.",
    "AI - The future of work is here.",
    "Real Madrid - Barcelona 3-1: así fue el partido",
    "Trump - Biden debate set",
    "Node.js — A JavaScript runtime",
    "Köln - Bonn: Bahnstrecke gesperrt",
    "Paris - Roubaix: die Favoriten",
    "苹果公司 — 全球最大的科技公司 — 发布财报",
    "ישראל - איראן: המלחמה נמשכת",
    "الأهلي - الزمالك: موعد المباراة",
    "Apple/Google/Meta haben am Dienstag berichtet.",
    "By Monday the river had risen 3 metres and many homes were under water",
    "Von Montag an gilt auf der A7 Tempo 80",
    "De Gaulle revient au pouvoir",
    "Por Dios y por España marcharon miles.",
    "Comments on the new rules are due by 5 May.",
    "Published in 1925, the novel is set on Long Island.",
    "Published on 5 May 2026, the report says inflation fell.",
    "Updated on Monday, the list names forty firms.",
    "The article was part of a law that was first published in 1905.",
    "It was first published in 1925.",
    "Post Malone first appeared on the charts in 2015.",
    "Copyright law has to change, the court said.",
    "Writing by hand helps memory, a study finds.",
    "Produced by hand, the cheese sells well.",
    "Photo/video app Alder launches today in Europe.",
    "Brokers may earn a commission of 3 percent on each sale.",
    "The build exits with code ENOENT on Windows.",
    "Sponsored by the city, the festival draws thousands.",
    "Abbonati in calo del 5 per cento per il quotidiano.",
    "订阅量突破百万，该平台宣布涨价。",
    "点击量第一的视频被下架，平台尚未回应。",
    "点击化学获得今年的诺贝尔奖。",
    "扫码支付系统周二出现故障。",
    "未经授权的用户可以访问数据库。",
    "疫情最先出现在武汉。",
    "《三體》最早出現於2006年的雜誌。",
    "他发布了图片。记者李明在现场拍摄了这张照片。",
    "اشترك آلاف العدائين في الماراثون يوم الجمعة.",
    "Source: the leak came from within the ministry, two people said on Monday.",
    "Sponsor: bank withdraws from the race after the scandal, organisers say.",
    "Sign up numbers rose by a third, the college said.",
    "Hosted by Spain, the summit opens on Monday.",
    "Recorded by Johnny Muster in 1968, the album made him famous again.",
    "Tel Aviv - Haifa line opens",
    "北京 - 上海高铁提速，全程只需四小时。",
    "香港 — 國際金融中心 — 的未來",
    "东京 - 大阪之间的新列车开通。",
    "記者：为什么要重建大桥？市长：因为人们需要它。",
    "关注我们的健康，从饮食开始。",
    "分享到朋友圈的谣言被证实是假的",
    "東京＝大阪間のリニア",
    "A © sign is not needed any more",
    "SOURCE OF THE NILE FOUND",
    "BY THE NUMBERS",
  ])("is kept: %s", (text) => {
    expect(summarise({ title: "", html: `<p>${text}</p>`, limit: 300 })).toBe(text);
    expect(summarise({ title: "", html: "", description: text, limit: 300 })).toBe(text);
  });

  it.each([
    ["ALDERBROOK – Council moves to the old mill.", "ALDERBROOK seen anew"],
    ["Paris - Lyon wird ausgebaut, sagt die Bahn.", "Paris-Lyon: Ausbau der Strecke"],
  ])("keeps the name in its title: %s", (text, title) => {
    expect(summarise({ title, html: `<p>${text}</p>`, limit: 300 })).toBe(text);
  });
});

describe("the entry's own description", () => {
  const html = `<p>${paragraphs["en"]}</p><p>Work will begin in spring and take two years, the mayor said.</p>`;
  const title = "Bridge to be rebuilt";

  it("is the summary if it is more than the start of the content", () => {
    const description = "Alderbrook gets its bridge back, but has to wait for it.";
    expect(summarise({ title, html, description, limit: 300 })).toBe(description);
  });

  it.each([
    ["the start of the content", "The council of Alderbrook voted on Tuesday to rebuild"],
    [
      "the start with a mark of the cut",
      "The council of Alderbrook voted on Tuesday to rebuild the bridge [&#8230;]",
    ],
    ["the start with an invitation", "The council of Alderbrook voted on Tuesday… <a href='x'>Read more</a>"],
    [
      "the start as one line of plain text",
      `${paragraphs["en"]} Work will begin in spring and take two years,...`,
    ],
    ["the title again", "Bridge to be rebuilt"],
    ["a credit", "<p>Photo: Example Press.</p>"],
    ["an invitation", "<a href='x'>Continue reading</a>"],
    ["nothing but a picture", "<img src='a.jpg'>"],
    ["nothing", ""],
    ["white space", " \n\t&nbsp;"],
    ["a word", "Politics"],
    ["a word that is a sentence", "Politics."],
    ["a name", "Jane Doe"],
    ["a value that a program left", "null"],
    ["a sign of absence", "N/A"],
    ["a link", "https://example.com/a/very/long/path/that/says/nothing"],
    ["tags", "#bridge #council #alderbrook #river #flood"],
    ["a list of categories", "Politics, Economy, World news, Europe"],
    ["a list of categories in Chinese", "社会、政治、经济、国际新闻、财经"],
  ])("is ignored if it is %s", (_, description) => {
    expect(summarise({ title, html, description, limit: 300 })).toBe(
      `${paragraphs["en"]} Work will begin in spring and take two years, the mayor said.`,
    );
  });

  it("is ignored if it is the author's name of any length", () => {
    const name = "Johanna Maria Magdalena of Alderbrook";
    expect(summarise({ title, html, description: name, authors: [name], limit: 300 })).toContain(
      "The council",
    );
    expect(summarise({ title, html, description: name, limit: 300 })).toBe(name);
  });

  it("is the summary if there is no content", () => {
    expect(
      summarise({ title, html: "", description: `<p>${paragraphs["en"]} [&hellip;]</p>`, limit: 300 }),
    ).toBe(paragraphs["en"]);
  });
});

describe("an entry with little text", () => {
  it.each([
    ["nothing", ""],
    ["one image", "<p><a href='x'><img src='a.jpg' alt=''></a></p>"],
    ["an image with a caption", "<figure><img src='a.jpg'><figcaption>The bridge.</figcaption></figure>"],
    [
      "an image with a caption that a class tells",
      "<p><img src='a.jpg'></p><p class='wp-caption-text'>The old bridge over the river, before the flood.</p>",
    ],
    ["a script", "<script>var a = '<p>Not text at all, as you can see.</p>';</script>"],
    ["its title", "<p>The title</p>"],
    ["words of its title", "<p>Title, the?</p>"],
    [
      "links",
      "<ul><li><a href='a'>One of the links</a></li><li><a href='b'>Another of the links</a></li></ul>",
    ],
    ["an audio player", "<audio controls src='a.mp3'>Your browser does not support audio, sorry.</audio>"],
    ["marks", "<p>***</p><p>— — —</p>"],
  ])("has no summary if it is %s", (_, html) => {
    expect(summarise({ title: "The title", html, limit: 300 })).toBe("");
  });

  it.each([
    ["a few words", "<p>Back soon</p>", "Back soon"],
    ["a body in a table", `<table><tr><td><p>${paragraphs["en"]}</p></td></tr></table>`, paragraphs["en"]],
    [
      "a body in a wrapper with a misleading class",
      `<div class="social-post"><p>${paragraphs["en"]}</p></div>`,
      paragraphs["en"],
    ],
    [
      "plain text",
      `${paragraphs["en"]}\n\nWork begins in spring, the mayor of the town said.`,
      `${paragraphs["en"]} Work begins in spring, the mayor of the town said.`,
    ],
    [
      "markup that was escaped once too often",
      escape(`<p>${paragraphs["en"]}</p><p>Photo: Example Press.</p>`),
      paragraphs["en"],
    ],
    [
      "a large embedded picture first",
      `<p><img src="data:image/png;base64,${"iVBORw0KGgo".repeat(9000)}"></p><p>${paragraphs["en"]}</p>`,
      paragraphs["en"],
    ],
    [
      "a menu of many links first",
      `${"<ul><li><a href='x'>Another of the entries of the menu</a></li></ul>".repeat(200)}<p>${paragraphs["en"]}</p>`,
      paragraphs["en"],
    ],
    [
      "text that no reader sees",
      `<div style="display: none">What the inbox shows before it is opened, and nobody else.</div><p>${paragraphs["en"]}</p>`,
      paragraphs["en"],
    ],
  ])("is shown with %s", (_, html, expected) => {
    expect(summarise({ title: "The title", html, limit: 300 })).toBe(expected);
  });
});

describe("every summary", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 120 });
  const piece = fc.oneof(
    text,
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.constantFrom(...Object.values(paragraphs)),
    fc.constantFrom(
      "<p>",
      "</p>",
      "<br>",
      "<b",
      "<!--",
      "]]>",
      "&amp;",
      "&#x202e;",
      "&#0;",
      "&#xD800;",
      "\u202e",
      "\u2066",
      "\0",
      "\u001b[31m",
      "<script>",
      "</div>",
      "<li>",
      "<h2>",
      "<a href='x'>",
    ),
    fc.constantFrom(
      "👨‍👩‍👧‍👦",
      "🇩🇪🇫🇷",
      "e\u0301\u0323",
      "क्षि",
      "𠮷",
      "\ud800",
      "https://example.org/a?b=c&d=e",
      "<input type=text>",
    ),
  );
  const markup = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(""));
  const input = fc.record({
    title: text,
    html: markup,
    description: fc.option(markup, { nil: undefined }),
    language: fc.option(fc.constantFrom("en", "zh", "ja", "de", "th", "ar", "nonsense"), { nil: undefined }),
    limit: fc.oneof(fc.constantFrom(...limits), fc.integer({ min: -1, max: 400 })),
  });

  it("fits its limit, has no control, override or half character, and is the same again", () => {
    fc.assert(
      fc.property(input, (entry) => {
        const summary = summarise(entry);
        expect(summary.length).toBeLessThanOrEqual(Math.max(0, entry.limit));
        expect(summary.isWellFormed()).toBe(true);
        // oxlint-disable-next-line no-control-regex -- they are what is looked for
        expect(summary).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
        expect(summary).toBe(summary.trim());
        expect(summarise(entry)).toBe(summary);
      }),
      { numRuns: 300 },
    );
  });

  it("ends at a grapheme of its text if it is cut", () => {
    const tricky = fc.array(fc.constantFrom("👨‍👩‍👧‍👦", "🇩🇪", "e\u0301\u0323", "क्षि", "각", "𠮷", "👍🏽", "กำ"), {
      minLength: 40,
      maxLength: 80,
    });
    fc.assert(
      fc.property(tricky, fc.integer({ min: 2, max: 150 }), (parts, limit) => {
        const body = parts.join("");
        const cut = summarise({ title: "", html: body, limit }).replace(/…$/, "");
        const edges = Array.from(new Intl.Segmenter("und").segment(body), ({ index }) => index);
        expect(body.startsWith(cut)).toBe(true);
        expect(cut.length === body.length || edges.includes(cut.length)).toBe(true);
      }),
    );
  });

  it("is its own summary", () => {
    const prose = fc.array(
      fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...Object.values(paragraphs)) }, fc.lorem()),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(prose, fc.integer({ min: 40, max: 400 }), (parts, limit) => {
        const title = "The bridge of Alderbrook";
        const once = summarise({ title, html: parts.map((part) => `<p>${part}</p>`).join(""), limit });
        expect(summarise({ title, html: escape(once), limit })).toBe(once);
      }),
    );
  });

  it("of hostile markup neither throws nor takes long", () => {
    const deep = "<div>".repeat(200_000) + paragraphs["en"];
    const wide = "<p>a</p>".repeat(100_000);
    const open = `<a href="${"x".repeat(500_000)}`;
    const marks = "。".repeat(100_000) + "(".repeat(100_000) + ". ".repeat(100_000);
    const dates = `${"1 ".repeat(50_000)}${"By A".repeat(50_000)}`;
    for (const html of [
      deep,
      wide,
      open,
      marks,
      dates,
      "&".repeat(300_000),
      "<".repeat(300_000),
      "\u202e".repeat(300_000),
    ]) {
      expect(summarise({ title: "", html, description: html, limit: 300 }).length).toBeLessThanOrEqual(300);
    }
  });
});

describe("the limit", () => {
  it.each([
    ["en", 300, 160],
    [undefined, 300, 160],
    ["zh-Hans", 140, 70],
    ["ja", 140, 70],
    ["ko", 300, 160],
  ])("for %s is %i in a mail and %i in an SMS", (language, email, sms) => {
    expect(summaryLimit(language, "email")).toBe(email);
    expect(summaryLimit(language, "sms")).toBe(sms);
  });
});
