import { describe, expect, it } from "vitest";
import { summarise } from "../../../functions/core/summary/summarise.ts";

const title = "Alderbrook rebuilds its bridge";
const text = "The council of Alderbrook voted on Tuesday to rebuild the old bridge.";
const han = "桤木镇议会星期二投票决定重建被洪水冲走的大桥。";
const kana = "榛木町議会は火曜日、洪水で流された橋を再建することを決めた。";

const paragraphs = (row: string, body: string): string =>
  row
    .split("⏎")
    .map((part) => `<p>${part.replace("¶", body)}</p>`)
    .join("");

/** `¶` is the text, `⏎` the end of a paragraph. */
describe.each([
  [
    "a caption in a paragraph of its own",
    text,
    [
      "The mayor waves to the crowd, Nov. 22, 2026. (AP Photo/J. Doe)⏎ALDERBROOK (AP) — ¶",
      "A man walks in the rain on Monday. (Photo by Jane Doe/Getty Images)⏎LONDON, Nov 23 (Reuters) - ¶",
      "A man walks in the rain on Monday. Photograph: Jane Doe/Example Images⏎¶",
      "The river after the flood. Credit: Jane Doe via AP⏎¶",
      "The mayor on the bridge. REUTERS/Jane Doe⏎¶",
      "Image caption, The bridge before the flood of May last year⏎¶",
      "Image source, Getty Images⏎¶",
      "Der Kanzler im Bundestag. Foto: Max Muster/dpa⏎Berlin (dpa) - ¶",
      "Die Brücke vor dem Hochwasser im Mai. © Beispiel-Agentur / Jana Muster⏎¶",
      "El presidente saluda a los asistentes. EFE/Juan Modelo⏎Madrid, 23 nov (EFE).- ¶",
      "El puente antes de la crecida EFE/Juan Modelo⏎¶",
      "Le ministre à Paris, le 22 novembre. AFP/Jean Modèle⏎¶",
      "O presidente durante a cerimônia. Foto: Joana Modelo/Agência Brasil⏎¶",
      "Il ministro sul ponte. ANSA/Mario Esempio⏎¶",
      "Премьер на заседании. Фото: Иван Примеров / ТАСС⏎¶",
      "국회 본회의 모습이다. [사진=예시일보]⏎¶",
    ],
  ],
  [
    "a caption beside Chinese",
    han,
    [
      "11月22日，工人在车间作业。新华社记者 张三 摄⏎新华社北京11月23日电（记者李四）¶",
      "图为民众在大桥上拍照留念。（资料图）⏎¶",
      "▲ 民眾在橋上拍照留念。（圖／記者李大同攝）⏎¶",
      "记者会现场，市长回答了提问。受访者供图⏎¶",
      "工人星期一在桥上作业。（新华社发 张三摄）⏎¶",
      "图像来源，Getty Images⏎¶",
    ],
  ],
  ["a caption beside Japanese", kana, ["記者会に臨む町長＝23日午前、榛木町役場で（共同）⏎¶"]],
  [
    "where the text first stood",
    text,
    [
      "¶⏎Сообщение Мост появились сначала на Ольха.",
      "¶⏎Запись Мост впервые появилась Ольха.",
      "¶⏎Alderbrook rebuilds its bridge最先出现在桤木博客。",
      "¶⏎〈大橋重建〉這篇文章最早發佈於《榿木報》。",
      "¶⏎다리 재건 게시물이 오리나무에 처음 등장했습니다.",
      "¶⏎ظهرت المقالة الجسر أولاً على المدونة.",
      "¶⏎הפוסט הגשר הופיע לראשונה ב-הבלוג.",
      "¶⏎Artykuł Most pochodzi z serwisu Olcha.",
      "¶⏎Het bericht De brug verscheen eerst op De Els.",
      "¶⏎Inlägget Bron dök först upp på Alen.",
      "¶⏎Köprü yazısı ilk önce Kızılağaç üzerinde ortaya çıktı.",
      "¶⏎Bridge to be rebuilt was originally published in The Alder on Medium, where people go on talking about it.",
      "¶ 다리 재건 게시물이 오리나무에 처음 등장했습니다.",
      "¶ Bridge was originally published in The Alder on Medium, where people go on talking about it.",
    ],
  ],
  [
    "what podcasts and sponsors say",
    text,
    [
      "¶⏎Hosted on Acast. See acast.com/privacy for more information.",
      "¶ Hosted on Acast. See acast.com/privacy for more information.",
      "¶⏎Learn more about your ad choices. Visit megaphone.fm/adchoices",
      "¶⏎See omnystudio.com/listener for privacy information.",
      "¶ Artwork by Ada Weir (photography and design) and Bo Lock (illustrations).",
      "¶ Listen to Ada Weir's podcast 'Locks' on Examplecast or wherever you get your podcasts.",
      "¶⏎Original episode art by Ada Weir.",
      "¶⏎Join the conversation in the comments.",
      "¶⏎Sponsored by: Example Web Pages. Go to example.com/tail and use code TAIL.",
      "This episode is sponsored by Example Web Pages.⏎¶",
      "¶⏎Use code TAIL for 10% off your first order.",
      "¶⏎Support this podcast: https://example.com/support",
    ],
  ],
  [
    "what aggregators add",
    text,
    [
      "¶⏎submitted by /u/alder [link] [comments]",
      "¶⏎submitted by /u/alder to r/bridges",
      "¶⏎Article URL: https://example.com/a⏎Comments URL: https://example.com/item?id=1⏎Points: 123⏎# Comments: 45",
      "¶⏎Article URL: https://example.com/a Comments URL: https://example.com/item?id=1 Points: 123 # Comments: 45",
    ],
  ],
  [
    "what press releases add",
    text,
    [
      "¶⏎SOURCE Example Corp.",
      "¶⏎Pressekontakt:⏎Beispiel GmbH, Max Muster, Telefon: 040 123456, presse@example.com",
      "¶⏎Media Contact⏎Jane Doe, Example Corp., telephone 040 123456, press@example.com",
      "¶⏎Original-Content von: Beispiel GmbH, übermittelt durch news aktuell",
    ],
  ],
  [
    "what shops, journals and newsrooms add",
    text,
    [
      "When you buy through links on our site, we may earn an affiliate commission.⏎¶",
      "¶⏎As an Amazon Associate I earn from qualifying purchases.",
      "This audio is auto-generated. Please let us know if you have feedback.⏎¶",
      "Add The Alder Times as a preferred source on Google.⏎¶",
      "Get the latest news delivered to your inbox.⏎¶",
      "The Alder Journal, Published online: 20 November 2026; doi:10.1000/alder-1⏎¶",
      "J Alder Sci. 2026 Nov 20;223(1):e20250001. doi: 10.1000/alder.1. Online ahead of print.⏎¶⏎PMID:1 | DOI:10.1000/alder.1",
      "¶⏎The Associated Press receives support from several foundations for its coverage of rivers.",
    ],
  ],
  ["how long it takes to read", han, ["阅读本文大概需要5分钟。⏎¶", "全文约需要 3 分钟阅读⏎¶"]],
  [
    "a byline at the end",
    text,
    [
      "¶ <em>Von Max Muster.</em>",
      "¶ By J. R. Doe and Ann Roe.",
      "¶ Recorded by Ann Roe and edited by the Alder Studio for Example Sound.",
      "Correction: an earlier version of this story gave the wrong length of the bridge.⏎¶",
      "¶ Por Juan Modelo y Ana Muestra.",
      "¶ Par Jeanne Modèle et Jean Exemple, à Paris",
      "¶ By Jane Doe, staff writer",
    ],
  ],
])("%s", (_, body, rows) => {
  it.each(rows)("is left out: %s", (row) => {
    expect(summarise({ title, html: paragraphs(row, body), limit: 300 })).toBe(body);
  });
});

describe("a link to read more", () => {
  const invitations = [
    "Leer",
    "Leggi",
    "Lire",
    "mehr...",
    "Full story",
    "View Entire Post ›",
    "See full article",
    "Source",
    "Lees verder",
    "详情&gt;&gt;",
    "المزيد",
  ];

  it.each(invitations)("is removed at the end of a text and on its own: %s", (words) => {
    for (const html of [
      `<p>${text} <a href="x">${words}</a></p>`,
      `<p>${text}</p><p><a href="x">${words}</a></p>`,
    ])
      expect(summarise({ title, html, limit: 300 })).toBe(text);
  });

  it.each([
    "… mehr",
    "[Trackback]",
    "[详细]",
    "... (更多)",
    "[全文を読む]",
    "(more)",
    "Read more on example.com",
  ])("is removed without a link: %s", (words) => {
    expect(summarise({ title, html: `<p>${text} ${words}</p>`, limit: 300 })).toBe(text);
  });

  it("is removed without a space before it", () => {
    expect(summarise({ title, html: "The king has died.Read more on example.com", limit: 300 })).toBe(
      "The king has died.",
    );
  });

  it("is replaced by an ellipsis where the text is cut", () => {
    const html = "<p>El concejo decidió reconstruir el puente <a href='x'>Leer</a></p>";
    expect(summarise({ title, html, limit: 300 })).toBe("El concejo decidió reconstruir el puente…");
  });

  it.each([
    "Es regnet immer mehr...",
    "Die Stadt hat mehr",
    "She wanted more.",
    "Il a dit « Lire ».",
    "The book that she likes to read on…",
    "Everything that the council has to learn more",
    "The fire has spread on...",
    "Tickets for the boat are sold out, but you can see it <a href='x'>here</a>",
  ])("is kept inside a sentence: %s", (words) => {
    expect(summarise({ title, html: `<p>${words}</p>`, limit: 300 })).toBe(words.replace(/<[^>]+>/g, ""));
  });
});

describe("an entry with boilerplate only", () => {
  it.each([
    '<table><tr><td> &#32; submitted by &#32; <a href="u"> /u/alder </a> <br/> <span><a href="l">[link]</a></span> &#32; <span><a href="c">[comments]</a></span></td></tr></table>',
    "<p>Article URL: <a href='a'>https://example.com/a</a></p><p>Comments URL: <a href='c'>https://example.com/c</a></p><p>Points: 1</p><p># Comments: 0</p>",
    "<p>The post Bridge to be rebuilt after all these years appeared first on The Alder.</p>",
  ])("has no summary: %s", (html) => {
    expect(summarise({ title, html, limit: 300 })).toBe("");
  });

  it.each([
    "Correction: inflation was 2.4 percent in the third quarter, not 4.2 percent.",
    "Northern lights over the harbour, seen last night from the old bridge. Photo: Jane Doe",
    "Subscribe to the weekly letter in which our correspondents explain what happens at the river",
  ])("shows a long text that only begins or ends like boilerplate: %s", (html) => {
    expect(summarise({ title, html: `<p>${html}</p>`, limit: 300 })).toBe(html);
    expect(summarise({ title, html: "", description: html, limit: 300 })).toBe(html);
    expect(summarise({ title, html: `<p>${html}</p><p>${text}</p>`, limit: 300 })).toBe(text);
  });

  it("shows a Chinese text that ends in a credit", () => {
    const html = "桤木公司星期一发布财报，营收增长两成，超出预期。（图片由公司提供）";
    expect(summarise({ title, html: `<p>${html}</p>`, limit: 140 })).toBe(html);
  });

  it("keeps a text whose words differ from those of the title by vowel signs only", () => {
    const text = "माली को काला मोती मिला।";
    expect(summarise({ title: "किताबों का मेला", html: "", description: text, limit: 300 })).toBe(text);
  });

  it("does not repeat its title with other signs and another emoji", () => {
    const given = { title: "Harbour café 🚢", html: "", limit: 300 };
    expect(summarise({ ...given, description: "Harbour Café ⚓️!" })).toBe("");
  });

  it("does not repeat its title", () => {
    expect(summarise({ title: `Correction: ${text}`, html: `<p>Correction: ${text}</p>`, limit: 300 })).toBe(
      "",
    );
  });
});

describe("a box with a telling class", () => {
  it.each(["cookie-banner", "gdpr-notice", "consent", "paywall"])("is left out: %s", (name) => {
    const html = `<div class="${name}"><p>We ask for your leave to store small files on your machine.</p></div><p>${text}</p>`;
    expect(summarise({ title, html, limit: 300 })).toBe(text);
  });
});

describe("a list", () => {
  const long = "Fix a crash that happened when the window was resized during a download";

  it("keeps short items next to long ones, and drops the list of contributors", () => {
    const html = `<h2>What’s changed</h2><ul><li>Add dark mode</li><li>${long}</li><li>@alder made their first contribution in #12</li></ul><p><b>Full Changelog</b>: https://example.com/compare/v1...v2</p>`;
    expect(summarise({ title, html, limit: 300 })).toBe(`Add dark mode. ${long}`);
  });

  it("of short items is dropped if there is other text", () => {
    const html = `<p>${text}</p><ul><li>A netting needle</li><li>Twine of the same strength</li></ul>`;
    expect(summarise({ title, html, limit: 300 })).toBe(text);
  });
});

describe("marks of other formats", () => {
  it.each([
    ["The bridge[^1] is ~~closed~~ open.", "The bridge is closed open."],
    [
      "<table><tr><th>Team</th><th>Points</th></tr><tr><td>Alder</td><td>34</td></tr></table>",
      "Team, Points. Alder, 34",
    ],
  ])("are not shown: %s", (html, expected) => {
    expect(summarise({ title, html, limit: 300 })).toBe(expected);
  });
});
