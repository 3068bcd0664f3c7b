import { describe, expect, it } from "vitest";
import { summarise } from "../../../functions/core/summary/summarise.ts";

const body = "The miller of Millbrook grinds wheat again, for the first time in thirty years.";
const title = "Mill wheel turns again after thirty years";
const summary = (html: string) => summarise({ title, html, authors: ["Ada Weir"], limit: 300 });

describe("text that a publisher puts in front on the same line", () => {
  it.each([
    `<div>${title} ${body}</div>`,
    `<div>${title} Ada Weir 19 November 2026 ${body}</div>`,
    `<div>${title} | By Ada Weir | 2026-11-19 | ${body}</div>`,
    `<div>By Ada Weir, November 19, 2026, 10:00 am ${body}</div>`,
    `<div>By Bo Lock | 19.11.2026 10:00 | ${body}</div>`,
    `<div>Submitted by ada on Thu, 11/19/2026 - 10:00 ${body}</div>`,
    `<div>Gespeichert von ada am Do, 19.11.2026 - 10:00 ${body}</div>`,
    `<div>Soumis par Anonyme (non vérifié) le jeu, 19/11/2026 - 10:00 ${body}</div>`,
    `<div>Enviado por Anónimo (no verificado) el Jue, 19/11/2026 - 10:00 ${body}</div>`,
    `<div>Anonymous (未验证) 在 星期四, 11/19/2026 - 10:00 提交</div><p>${body}</p>`,
    `<div>由 ada 發表於 2026-11-19 10:00</div><p>${body}</p>`,
    `<div>ada さんが 2026/11/19 - 10:00 に投稿</div><p>${body}</p>`,
    `<p>View PDF Abstract: ${body}</p>`,
    `<p>View PDF HTML (experimental) Abstract:${body}</p>`,
    `<p>arXiv:2611.01234v1 Announce Type: new Abstract: ${body}</p>`,
    `<div>Advertisement ${body}</div>`,
    `<div>ANZEIGE ${body}</div>`,
    `<div>1 Minute ${body}</div>`,
    `<div>3 min read · ${body}</div>`,
  ])("is left out: %s", (html) => {
    expect(summary(html)).toBe(body);
  });

  it.each([
    "Mill wheel turns again after thirty years of silence, and the village celebrates.",
    "Ada Weir has grown wheat in Millbrook for thirty years, and sells it herself.",
    "19 November 2026 is the day on which the mill of Millbrook turns again.",
    "Advertisement hoardings are banned from the centre of Millbrook from Monday on.",
    "1 minute of silence was held for the miller of Millbrook on Thursday morning.",
    "Submitted by email, the petition had been signed by forty people on Friday.",
  ])("is kept as part of a sentence: %s", (text) => {
    expect(summary(`<p>${text}</p>`)).toBe(text);
  });
});

describe("boilerplate of newsletters, podcasts and videos", () => {
  it.each([
    "You receive this because you subscribed at mill.example.",
    "You are receiving this email because you signed up on our website.",
    "Sie erhalten diese E-Mail, weil Sie sich angemeldet haben.",
    "Vous recevez ce message car vous êtes inscrit à notre lettre.",
    "Recibes este correo porque te suscribiste a nuestro boletín.",
    "Вы получили это письмо, потому что подписались на рассылку.",
    "您收到此邮件是因为您订阅了我们的通讯。",
    "このメールはご登録いただいた方に配信しています。",
    "Unsubscribe",
    "Abmelden",
    "取消订阅",
    "SUBSCRIBE",
    "SUBSCRIBE ► https://video.example/mill",
    "Watch here: https://video.example/mill",
    "Patreon is how we exist!",
    "Support us on Patreon: patreon.com/mill",
    "Sponsored by Weir Brothers.",
    "This week's issue is sponsored by Weir Brothers, who make gates.",
    "Thanks to our sponsors, who make all this possible.",
    "Dieser Podcast wird präsentiert von den Gebrüdern Wehr.",
    "Cet épisode est sponsorisé par les frères Bief.",
    "本期节目由磨坊兄弟赞助播出。",
    "Listen on Apple Podcasts.",
    "Image credit: Ada Weir/Millbrook Press",
    "Image credits: Ada Weir",
    "Photo by Ada Weir",
    "Story continues below advertisement",
    "Scroll to continue with content",
    "1 Minute",
    "5 Minuten",
    "3 分钟",
    "No content.",
    "No description available",
    "null",
    "[ci skip]",
  ])("is left out: %s", (line) => {
    expect(summary(`<p>${body}</p><p>${line}</p>`)).toBe(body);
    expect(summary(`<p>${line}</p><p>${body}</p>`)).toBe(body);
  });

  it("is removed inside a sentence if it is in brackets", () => {
    expect(summary(`<p>${body.slice(0, -1)} (Image credit: Ada Weir).</p>`)).toBe(body);
  });

  it.each(["No content.", "null", "[no content]", "N/A", "Unsubscribe", "无内容"])(
    "is not text even if there is no other: %s",
    (line) => {
      expect(summary(`<p>${line}</p>`)).toBe("");
    },
  );

  it.each([
    "Patreon raises its fees for artists, the company said on Tuesday.",
    "You receive a stamp for each loaf, and the tenth is free.",
    "Subscribers of the old paper get the new one for a year.",
    "Photos from Mars show a storm of dust over the northern plain.",
    "A minute of the council's time costs more than ever, says the treasurer.",
  ])("is kept in news: %s", (text) => {
    expect(summary(`<p>${text}</p>`)).toBe(text);
  });
});
