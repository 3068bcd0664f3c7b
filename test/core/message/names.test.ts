import { describe, expect, it } from "vitest";
import { authorNames, feedBrand, feedName, isUntitled } from "../../../functions/core/message/names.ts";

const source = { slug: "millbrook", title: "Millbrook Courier", link: "https://www.courier.example/news" };
const names = (...authors: string[]) => authorNames({ source, authors });

describe("names of authors", () => {
  it.each([
    ["By Ada Weir", "Ada Weir"],
    ["by by Ada Weir", "Ada Weir"],
    ["BY: Ada Weir", "Ada Weir"],
    ["Von Ada Wehr", "Ada Wehr"],
    ["Par Ada Bief", "Ada Bief"],
    ["Por Ada Presa", "Ada Presa"],
    ["作者：苏河", "苏河"],
    ["记者 苏河", "苏河"],
    ["文/苏河", "苏河"],
    ["Ada Weir <ada@courier.example>", "Ada Weir"],
    ["ada@courier.example (Ada Weir)", "Ada Weir"],
    ["Byron Lock", "Byron Lock"],
    ["Von Freeman", "Von Freeman"],
    ["Di Lock", "Di Lock"],
    ["/u/lock", "/u/lock"],
  ])("are shown without what is no name: %s", (author, name) => {
    expect(names(author)).toEqual([name]);
  });

  it.each([
    "desk@courier.example",
    "mailto:desk@courier.example",
    "noreply@courier.example (No Reply)",
    "https://courier.example/staff",
    "null",
    "Unknown",
    "by Unknown",
    "ADMIN",
    "(Anonymous)",
    "N/A",
    "佚名",
    "管理员",
    "Аноним",
    "익명",
    "",
    "Millbrook Courier",
    "By MILLBROOK COURIER",
    "courier.example",
    "millbrook",
  ])("are left out where they name nobody: %s", (author) => {
    expect(names(author, "Ada Weir")).toEqual(["Ada Weir"]);
  });

  it("are shown once each", () => {
    expect(names("By Ada Weir", "Ada Weir", "Bo Lock")).toEqual(["Ada Weir", "Bo Lock"]);
  });

  it("are left out where they are the publisher in the feed's name", () => {
    const long = {
      slug: "s",
      title: "Latest News from the Valley | Weir Times",
      link: "https://news.weirtimes.example/",
    };
    expect(authorNames({ source: long, authors: ["Weir Times", "Bo Lock"] })).toEqual(["Bo Lock"]);
  });
});

describe("the feed's name in a text message", () => {
  it.each([
    ["The Latest News from the Valley and Around the World | Weir Times", undefined, "Weir Times"],
    ["Weir Times - Breaking News, Valley and World News", undefined, "Weir Times"],
    ["MillRumors: Mill News and Rumors - All Stories", "https://www.millrumors.example/", "MillRumors"],
    ["All the Stories of Today — The Weir Times", "https://weirtimes.example/rss", "The Weir Times"],
    ["磨坊日报 - 溪谷地区最新新闻、体育、文化和生活资讯，每天更新，欢迎订阅", undefined, "磨坊日报"],
    ["www.weir.example for the latest news from the valley and the world.", undefined, "weir.example"],
    [
      "News, Politics, Opinion, Commentary, and Analysis of the Valley",
      "https://www.weir.example/",
      "weir.example",
    ],
    ["Mill Radio with Ada Weir and Bo Lock of Millbrook", "https://shows.example/mill", "Mill Radio"],
    ["Millbrook is a magazine for readers who like mills and weirs", undefined, "Millbrook"],
    ["Latest news from the valley and from around the world", "https://www.weir.example/", "weir.example"],
    ["Weir Times | Valley", "https://weirtimes.example/", "Weir Times | Valley"],
  ])("is its brand where it is long: %s", (title, link, brand) => {
    expect(feedBrand({ slug: "s", title, ...(link !== undefined && { link }) }, 30)).toBe(brand);
  });

  it.each([
    ["The latest news from Millbrook and around the valley | Weir News", "Weir News"],
    ["www.weir.example for the latest news from the valley and the world.", "weir.example"],
    ["Millbrook is a magazine for readers who like mills and weirs", "Millbrook"],
    ["Proceedings of the Society for Mills, Weirs, Sluices and Locks", undefined],
    ["MillRumors: Mill News and Rumors - All Stories", undefined],
  ])("is whole in a mail, unless it is long and has a short form: %s", (title, short = title) => {
    expect(feedName({ slug: "s", title })).toBe(short);
  });

  it("is cut only where nothing shorter is known", () => {
    expect(feedBrand({ slug: "s", title: "A name of the feed that is far too long for it" }, 30)).toBe(
      "A name of the feed that is…",
    );
  });
});

describe("a title that says that there is none", () => {
  it.each([
    "[no title]",
    "(No title)",
    "null",
    "NULL",
    "undefined",
    "-",
    "—",
    "...",
    "N/A",
    "Untitled",
    "Ohne Titel",
    "Sans titre",
    "无标题",
    "（无题）",
    "제목 없음",
  ])("counts as none: %s", (title) => {
    expect(isUntitled(title)).toBe(true);
  });

  it.each(["Null Island", "?", "!!!", "🎉", "1-0", "Untitled (Mill), 1912, is sold", "None of the above"])(
    "is a title otherwise: %s",
    (title) => {
      expect(isUntitled(title)).toBe(false);
    },
  );
});
