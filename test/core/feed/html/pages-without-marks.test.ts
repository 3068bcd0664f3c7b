import { describe, expect, test } from "vitest";
import { parseSnapshot } from "../../../../functions/core/feed/parse.ts";
import { plainText } from "../../../../functions/core/feed/text/plain-text.ts";

const parse = (html: string) => parseSnapshot(Buffer.from(`<!doctype html>${html}`));
const menu =
  '<div class="header"><a href="/">Home</a> <a href="/sport">Sport</a> <a href="/culture">Culture</a></div><ul id="nav"><li><a href="/a">Latest news from the harbour and around it</a></li><li><a href="/b">What the council decided on Thursday, in short</a></li></ul>';
const foot =
  '<div class="foot">Copyright 2026 Harbour News. All rights reserved. <a href="/imprint">Imprint</a></div>';
const sentences =
  "The ferry to the island runs again from Monday on, after two weeks in the dock. Engineers replaced both shafts, which had been worn since the summer. Tickets stay at four euros, and bicycles travel free until the end of the year.";

describe("an article without an article element", () => {
  test.each([
    [
      "paragraphs in a div",
      `<html lang="en"><head><title>Ferry runs again | Harbour News</title><meta property="og:site_name" content="Harbour News"></head><body>${menu}<div id="wrap"><h1>Ferry runs again</h1><p class="info">19 November 2026, 08:30 | Harbour News</p><div class="body"><p>${sentences}</p><p>${sentences}</p></div><div class="related"><p>Read also: <a href="/x">The ferry that never was, a story in three parts</a></p></div></div>${foot}</body></html>`,
    ],
    [
      "text between line breaks in a table",
      `<html><head><title>Ferry runs again - Harbour News</title></head><body bgcolor="white"><table><tr><td>${menu}</td><td><h1>Ferry runs again</h1><font size="1">2026-11-19 08:30</font><br>${sentences}<br><br>${sentences}</td></tr></table>${foot}</body></html>`,
    ],
    [
      "Open Graph and Twitter tags only",
      `<html lang="en"><head><title>Ferry runs again</title><meta property="og:type" content="website"><meta name="twitter:title" content="Ferry runs again · Harbour News"><meta name="pubdate" content="2026-11-19T08:30:00Z"><meta name="application-name" content="Harbour News"></head><body>${menu}<section><div><div>${sentences}</div><div>${sentences}</div></div></section>${foot}</body></html>`,
    ],
    [
      "a logo as main heading",
      `<html lang="en"><head><title>Ferry runs again – Harbour News</title><meta name="date" content="2026-11-19 08:30"></head><body><h1><a href="/">Harbour News</a></h1>${menu}<h2>Ferry runs again</h2><div class="content"><p>${sentences}</p><p>${sentences}</p></div></body></html>`,
    ],
    [
      "a lead above the text",
      `<html lang="en"><head><title>Ferry runs again | Harbour News</title></head><body>${menu}<main><h1>Ferry runs again</h1><time datetime="2026-11-19T08:30:00Z">today</time><p class="lead">${sentences}</p><div><p>${sentences}</p><p>${sentences}</p></div></main></body></html>`,
    ],
  ])("%s", async (_name, html) => {
    const { entries, feed } = await parse(html);
    expect(entries).toMatchObject([{ title: "Ferry runs again", published: "2026-11-19T08:30:00Z" }]);
    expect(feed.title).toBe("Harbour News");
    const text = plainText(entries[0]?.content ?? "");
    expect(text.startsWith("The ferry to the island")).toBe(true);
    expect(text.split("Tickets stay at four euros").length).toBeGreaterThan(2);
    expect(text).not.toMatch(/Sport|Copyright|Read also|council decided/);
  });

  test.each([
    [
      "zh-CN",
      "渡轮下周一恢复运行",
      "港口新闻网",
      "_",
      "渡轮停航两周后，将从下周一起恢复运行。工程师更换了两根传动轴，它们从夏天起就已磨损。票价仍为四元，自行车年底前免费。",
      "时间：2026年11月19日 08:30　来源：港口新闻网",
    ],
    [
      "ja",
      "島へのフェリー、月曜から再開",
      "港日報",
      "：",
      "二週間の点検を終えた島へのフェリーは、月曜日から運航を再開する。技師が軸を二本とも交換した。運賃は据え置かれ、自転車は年末まで無料となる。",
      "2026年11月19日 8:30",
    ],
    [
      "de",
      "Fähre fährt wieder",
      "Hafenblatt",
      " | ",
      "Nach zwei Wochen im Dock fährt die Fähre ab Montag wieder zur Insel. Beide Wellen wurden ersetzt, die seit dem Sommer abgenutzt waren. Die Karte kostet weiter vier Euro, Räder fahren frei.",
      "Stand: 19.11.2026, 08:30",
    ],
    [
      "fr",
      "Le bac reprend lundi",
      "Le Quai",
      " - ",
      "Après deux semaines en cale, le bac vers l’île reprend lundi. Les deux arbres, usés depuis l’été, ont été remplacés. Le billet reste à quatre euros, et les vélos voyagent gratuitement.",
      "Publié le 19 novembre 2026",
    ],
    [
      "ru",
      "Паром снова ходит",
      "Портовые вести",
      " — ",
      "После двух недель в доке паром на остров снова ходит с понедельника. Инженеры заменили оба вала, изношенные ещё летом. Билет по-прежнему стоит четыре евро, велосипеды едут бесплатно.",
      "19 ноября 2026, 08:30",
    ],
    [
      "ar",
      "العبارة تعود يوم الاثنين",
      "أخبار الميناء",
      " | ",
      "تعود العبارة إلى الجزيرة يوم الاثنين، بعد أسبوعين في الحوض. استبدل المهندسون المحورين، وكانا باليين منذ الصيف. تبقى التذكرة بأربعة يورو، وتسافر الدراجات مجانا.",
      "19 نوفمبر 2026",
    ],
    [
      "ko",
      "섬 여객선 월요일 재개",
      "항구신문",
      "::",
      "두 주 동안 점검을 마친 섬 여객선이 월요일부터 다시 다닌다. 기술자들은 여름부터 닳은 축 두 개를 모두 바꾸었다. 요금은 그대로이고, 자전거는 연말까지 무료이다.",
      "2026-11-19 08:30",
    ],
  ])("in %s", async (language, ...rest) => {
    const [title, site, separator, text, line] = rest;
    const { entries, feed } = await parse(
      `<html lang="${language}"><head><title>${title}${separator}${site}</title></head><body><div class="top"><a href="/">${site}</a></div><div class="w980"><h1>${title}</h1><div class="info">${line}</div><div class="txt"><p>\u3000\u3000${text}</p><p>${text}</p></div></div></body></html>`,
    );
    expect(entries).toMatchObject([{ title }]);
    expect(entries[0]?.published).toMatch(/^2026-11-1[89]/);
    expect(feed.title).toBe(site);
    expect(plainText(entries[0]?.content ?? "")).toBe(`${text} ${text}`);
  });
});

describe("the date of a page", () => {
  const page = (above: string, below: string): string =>
    `<html><head><title>Ferry runs again | Harbour News</title></head><body><div class="bar">${above}</div><div class="wrap"><h1>Ferry runs again</h1>${below}<div class="txt"><p>${sentences}</p><p>${sentences}</p></div><ul><li>20 November 2026</li></ul></div></body></html>`;
  test.each([
    [
      "below the headline, not that of the visit",
      "今天是2026年11月26日 星期四",
      "<div>2026-11-19 08:30 Harbour News</div>",
    ],
    [
      "below the headline, not a time in the bar",
      '<time datetime="2026-11-26T00:00:00Z">now</time>',
      "<div>Posted on 2026-11-19 08:30</div>",
    ],
    ["above the headline", "19 November 2026, 08:30", ""],
    ["in a time element", "", '<p>By Ada, <time datetime="2026-11-19T08:30:00Z">last week</time></p>'],
  ])("is read %s", async (_name, above, below) => {
    const { entries } = await parse(page(above, below));
    expect(entries).toMatchObject([{ title: "Ferry runs again", published: "2026-11-19T08:30:00Z" }]);
  });

  test.each(["It began on 12.05.1998 in the old dock.", "今天是2026年11月26日 星期四"])(
    "is not taken from %j",
    async (line) => {
      const { entries } = await parse(
        `<html><head><title>Ferry runs again</title></head><body><div>${line}</div><h1>Ferry runs again</h1><div><p>${sentences}</p><p>${sentences}</p></div></body></html>`,
      );
      expect(entries).toMatchObject([{ dateSource: "missing" }]);
    },
  );
});

describe("the site's name", () => {
  const article = (head: string, heading: string): string =>
    `<html><head><link rel="canonical" href="https://www.hrjournal.example/1">${head}</head><body><article><h1>${heading}</h1><p>${sentences}</p></article></body></html>`;
  const og = (title: string): string =>
    `<meta property="og:type" content="article"><meta property="og:title" content="${title}">`;

  test.each([
    ["Ferry runs again | HR JOURNAL", "Ferry runs again"],
    ["Ferry runs again - HR Journal", "Something else"],
    ["HR Journal | Ferry runs again", "Ferry runs again"],
    ["Ferry runs again：HRジャーナル", "Ferry runs again"],
    ["Ferry runs again | News | HR JOURNAL", "Ferry runs again"],
  ])("is taken off %j", async (title, heading) => {
    const site = title.includes("HR J") ? '<meta property="og:site_name" content="HR Journal">' : "";
    const { entries } = await parse(article(`<title>${title}</title>${og(title)}${site}`, heading));
    expect(entries[0]?.title).toBe("Ferry runs again");
  });

  test.each(["Ferry - a history", "Half-time | a comedy", "Mother-in-law: the film", "A_B testing"])(
    "stays where nothing confirms it: %j",
    async (title) => {
      const { entries } = await parse(article(`<title>${title}</title>${og(title)}`, title));
      expect(entries[0]?.title).toBe(title);
    },
  );
});

describe("pages without an article", () => {
  const page = (title: string, body: string, attributes = ""): string =>
    `<html><head><title>${title}</title><meta property="og:type" content="article"></head><body ${attributes}>${body}</body></html>`;
  const short = "<p>Try the search, or go back to the start page of this site.</p>";
  test.each([
    [
      "an error page",
      page("404 - Not here | Courier", `<article><h1>Sorry, nothing found</h1>${short}</article>`),
    ],
    ["an error page", page("Page not found", `<main><article><h2>Latest</h2>${short}</article></main>`)],
    ["an error page", page("Courier", `<article><h1>Oops! Page not found</h1>${short}</article>`)],
    [
      "an error page",
      page("Courier", `<article><h1>Welcome</h1>${short}</article>`, 'class="error404 wide"'),
    ],
    ["an error page", page("Seite nicht gefunden – Blatt", `<article><h1>Ups</h1>${short}</article>`)],
    [
      "an error page",
      page("页面不存在_溪谷网", `<article><h1>抱歉</h1><p>您访问的页面已经删除。</p></article>`),
    ],
    ["an error page", page("503 Service Temporarily Unavailable", "<center><h1>503</h1></center><hr>nginx")],
    [
      "an error page",
      page("Bridge returned error 500! (20411)", `<article><h1>Error</h1>${short}</article>`),
    ],
    ["an error page", page("Error 403 (Forbidden)", `<article><h1>403</h1>${short}</article>`)],
    [
      "a page that checks whether its visitor is a human",
      page("Just a moment...", `<h1>courier.example</h1>${short}`),
    ],
    [
      "a page that asks for consent",
      page("Before you continue to Courier", `<article><h1>Cookies</h1>${short}</article>`),
    ],
    [
      "a login page",
      page("Log in | Courier", `<article><h1>Log in</h1><form><input type="password"></form></article>`),
    ],
    ["a login page", page("Anmelden", `<article><h1>Anmelden</h1>${short}</article>`)],
  ])("%s (%#)", async (found, html) => {
    await expect(parse(html)).rejects.toMatchObject({ code: "no-entries", found });
  });

  test("an article may speak of errors", async () => {
    for (const title of [
      "404 families lost power",
      "Login with a key card",
      "Not found: the lost ferry of 1911",
    ]) {
      const body = `<article><h1>${title}</h1>${`<p>${sentences}</p>`.repeat(8)}</article>`;
      expect((await parse(page(title, body))).entries).toMatchObject([{ title }]);
    }
    const { entries } = await parse(
      page("404 families lost power", `<article><h1>404 families lost power</h1>${short}</article>`),
    );
    expect(entries).toHaveLength(1);
  });

  test("a start page with teasers is no article", async () => {
    const teasers = Array.from(
      { length: 6 },
      (_, at) =>
        `<div><h2><a href="/${at}">Story number ${at}</a></h2><p>${sentences.slice(0, 120)}</p></div>`,
    ).join("");
    await expect(
      parse(
        `<html><head><title>Harbour News</title></head><body><h1>Harbour News</h1><div>19 November 2026</div><div class="list">${teasers}</div></body></html>`,
      ),
    ).rejects.toMatchObject({ code: "no-entries" });
  });
});

describe("menus and links to other articles", () => {
  const related =
    '<article class="related"><h4><a href="/old">The flood of 1988</a></h4></article><article><h4><a href="/x">Read also: more</a></h4></article>';
  test("in article elements are left out", async () => {
    const { entries } = await parse(
      `<html><head><title>Courier</title></head><body><article class="menu"><h3><a href="/sport">Sport</a></h3><p>1, 2, 3</p></article><article><h1>Weir keeper retires</h1><p>${sentences}</p><p>Read also: <a href="/y">The weir</a></p><nav>1 2 3</nav><table><tr><td><a href="/t">Tables</a></td></tr></table></article>${related}</body></html>`,
    );
    expect(entries.map(({ title }) => title)).toEqual(["Weir keeper retires"]);
    expect(plainText(entries[0]?.content ?? "")).toBe(sentences);
  });

  test("a list of teasers stays a list", async () => {
    const { entries } = await parse(
      [1, 2, 3]
        .map(
          (at) =>
            `<article class="teaser"><h2><a href="https://h.example/${at}">No. ${at}</a></h2><p>${sentences}</p></article>`,
        )
        .join(""),
    );
    expect(entries.map(({ title }) => title)).toEqual(["No. 1", "No. 2", "No. 3"]);
  });
});
