import { once } from "../../once.ts";
import type { LocaleWords } from "./locale-words.ts";

const number = once(() => new Intl.NumberFormat("zh-Hant"));

/** Sources of an inferred date, by their names in the feed reader. */
const sources: Readonly<Record<string, string>> = { "snapshot time": "快照時間" };

const duration = (minutes: number): string =>
  minutes < 60 ? `${minutes} 分鐘` : `${Math.floor(minutes / 60)} 小時 ${minutes % 60} 分鐘`;

/** Chinese in traditional characters. */
export const zhHant: LocaleWords = {
  tag: "zh-Hant",
  updated: "更新：",
  untitled: (feed) => `${feed} 的新條目`,
  dateUnknown: "日期不詳",
  dateUnknownNote: "(日期不詳)",
  date: (time, zone, notes) => {
    const facts = [...(zone === undefined ? [] : [zone]), ...notes];
    return facts.length === 0 ? time : `${time}（${facts.join("，")}）`;
  },
  changed: (date) => `最後修改於 ${date}`,
  inferred: (from) => (from === undefined ? "推斷" : `據${sources[from] ?? ` ${from} `}推斷`),
  zoneAssumed: "時區為假定",
  future: "日期在未來",
  also: (sources) => `另見：${sources.join("、")}`,
  by: (authors) => `作者：${authors.join("、")}`,
  listen: (minutes) => (minutes === undefined ? "收聽：" : `收聽（${duration(minutes)}）：`),
  topics: (categories) => `話題：${categories.join("、")}`,
  linkOmitted: "連結過長，未列出。",
  feedPage: "此條目沒有連結，訂閱來源網頁：",
  headlines: (n) => `${number().format(n)} 則新聞`,
  moreHeadlines: (n) => `另有 ${number().format(n)} 則新聞`,
  fromFeeds: (headlines, n) => `${headlines}，來自 ${number().format(n)} 個訂閱源`,
  sentBefore: (n) => (n === 1 ? "最新的一則已單獨寄出。" : `最新的 ${number().format(n)} 則已逐則寄出。`),
  more: (n) => `+${number().format(n)} 則`,
  moreInSnapshot: (n) => `+${number().format(n)} 則，同在本次快照中`,
  reason: (audience) => `您訂閱了 ${audience}，因此收到本郵件。如需取消訂閱，請使用下方的連結。`,
  replyStop: "回覆 STOP 取消訂閱",
  test: {
    title: "這是 feedbell 的測試訊息",
    summary: "您能讀到這則訊息，表示訊息可以送達。這不是新聞，無需任何操作。",
  },
};
