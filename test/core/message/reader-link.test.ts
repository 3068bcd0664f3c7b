import { describe, expect, test } from "vitest";
import { canonicalLink } from "../../../functions/core/dedupe/canonical-link.ts";
import { asciiLink, originalLink, shownLink } from "../../../functions/core/message/headline.ts";
import { decodedLink, readerLink } from "../../../functions/core/message/reader-link.ts";

describe("tracking parameters are not shown", () => {
  test.each([
    ["https://bay.example/a?utm_source=rss&utm_medium=feed", "https://bay.example/a"],
    ["https://bay.example/a?id=7&UTM_Source=rss", "https://bay.example/a?id=7"],
    ["https://bay.example/a?utm_source=rss&id=7#top", "https://bay.example/a?id=7#top"],
    ["https://bay.example/a?at_medium=RSS&at_campaign=X", "https://bay.example/a"],
    ["https://bay.example/a.html?wt_mc=rss.town.all", "https://bay.example/a.html"],
    ["https://bay.example/a?source=rss-5f0c------2", "https://bay.example/a"],
    ["https://bay.example/a?ref=feed", "https://bay.example/a"],
    ["https://bay.example/a?fc=rss", "https://bay.example/a"],
    ["https://bay.example/a?mc_cid=1&mc_eid=2&fbclid=3", "https://bay.example/a"],
    ["https://bay.example/a#xtor=RSS-1", "https://bay.example/a"],
    ["https://bay.example/a?b=%20x&utm_term=%C3", "https://bay.example/a?b=%20x"],
  ])("%s", (link, expected) => {
    expect(readerLink(link)).toBe(expected);
  });

  test.each([
    "https://bay.example/a?source=harbour-master",
    "https://bay.example/index.php?fc=12",
    "https://bay.example/a?from=2026&page=feedback",
    "https://bay.example/?p=12&feeding=1#section-2",
    "https://bay.example/a?",
  ])("%s belongs to the page and stays", (link) => {
    expect(readerLink(link)).toBe(link);
  });

  test("all that identity ignores is hidden from readers too", () => {
    for (const name of [
      "utm_x",
      "pk_kwd",
      "mtm_x",
      "ns_mchannel",
      "_hsenc",
      "gclid",
      "xtor",
      "ocid",
      "ftag",
      "rss",
    ]) {
      const link = `https://bay.example/a?${name}=1`;
      expect(canonicalLink(link)).toBe("bay.example/a");
      expect(readerLink(link)).toBe("https://bay.example/a");
    }
  });

  test("identity keeps what only readers do not see, so that ledger keys stay as they are", () => {
    expect(canonicalLink("https://bay.example/a?source=rss-1")).toBe("bay.example/a?source=rss-1");
  });
});

describe("redirectors are replaced by their target", () => {
  const target = "https://bay.example/loaf?page=2";
  const encoded = encodeURIComponent(target);
  test.each([
    `https://www.google.com/url?rct=j&sa=t&url=${encoded}&ct=ga&usg=AO`,
    `https://www.google.co.uk/url?q=${encoded}`,
    `https://l.facebook.com/l.php?u=${encoded}&h=AT0`,
    `https://eur03.safelinks.protection.outlook.com/?url=${encoded}&data=05`,
    `https://www.youtube.com/redirect?event=x&q=${encoded}`,
    `https://t.umblr.com/redirect?z=${encoded}&t=1`,
    `https://www.bing.com/news/apiclick.aspx?ref=FexRss&url=${encoded}&c=1`,
    `https://duckduckgo.com/l/?uddg=${encoded}`,
    `https://portal.example/redirect.php?url=${encoded}`,
    `https://urldefense.proofpoint.com/v2/url?u=${encoded.replaceAll("%", "-")}&d=1`,
    `https://urldefense.com/v3/__${target}__;!!x`,
    `https://r.search.yahoo.com/_ylt=A/RV=2/RU=${encoded}/RK=2/RS=x`,
    `http://feedproxy.google.com/~r/bay/~3/Qx/${encoded}`,
    `https://www.google.com/url?url=${encodeURIComponent(`https://l.facebook.com/l.php?u=${encoded}`)}`,
    `https://www.google.com/url?url=${encodeURIComponent(`${target}&utm_source=rss`)}`,
  ])("%s", (link) => {
    expect(shownLink(link)).toBe(target);
  });

  test.each([
    "https://www.google.com/url?url=javascript:alert(1)",
    "https://www.google.com/url?sa=t",
    "https://share.example/sharer?u=https%3A%2F%2Fbay.example%2F",
    "https://bay.example/login?url=https%3A%2F%2Fbay.example%2Fa",
    "http://feedproxy.google.com/~r/bay/~3/Qx/",
  ])("%s stays", (link) => {
    expect(readerLink(link)).toBe(link);
  });

  test("the target carries no credentials", () => {
    expect(shownLink("https://www.google.com/url?url=https%3A%2F%2Fu%3Ap%40bay.example%2F")).toBe(
      "https://bay.example/",
    );
  });
});

describe("percent-encoding", () => {
  test.each([
    ["https://bay.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1", "https://bay.example/أخبار/1"],
    ["https://bay.example/%E6%96%B0%E9%97%BB?q=%D1%82", "https://bay.example/新闻?q=т"],
    ["https://bay.example/caf%C3%A9", "https://bay.example/café"],
  ])("of letters in %s is shown decoded", (link, expected) => {
    expect(decodedLink(link)).toBe(expected);
    expect(URL.parse(decodedLink(link))?.href).toBe(link);
  });

  test.each([
    ["a space", "%20"],
    ["a slash", "%2F"],
    ["an override", "%E2%80%AE"],
    ["a zero width space", "%E2%80%8B"],
    ["a no-break space", "%C2%A0"],
    ["a Hangul filler", "%E3%85%A4"],
    ["an ideographic full stop", "%E3%80%82"],
    ["a mark after an ASCII letter", "e%CC%81"],
    ["letters that are not in NFC", "%E1%84%80%E1%85%A1"],
    ["GBK", "%D0%C2%CE%C5"],
    ["a cut sequence", "%E6%96"],
  ])("of %s stays", (_, encoded) => {
    expect(decodedLink(`https://bay.example/a${encoded}b`)).toBe(`https://bay.example/a${encoded}b`);
  });

  test("is kept for GSM-7, and the machine-readable variant keeps the link as the feed gives it", () => {
    const link = "https://bay.example/%E6%96%B0?utm_source=rss";
    expect(asciiLink(link)).toBe("https://bay.example/%E6%96%B0");
    expect(originalLink(link)).toBe(link);
  });
});
