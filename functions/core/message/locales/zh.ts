import { once } from "../../once.ts";
import type { LocaleWords } from "./locale-words.ts";

const number = once(() => new Intl.NumberFormat("zh-Hans"));

/** Sources of an inferred date, by their names in the feed reader. */
const sources: Readonly<Record<string, string>> = { "snapshot time": "快照时间" };

const duration = (minutes: number): string =>
  minutes < 60 ? `${minutes} 分钟` : `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分钟`;

/** Chinese in simplified characters. */
export const zh: LocaleWords = {
  tag: "zh-Hans",
  updated: "更新：",
  untitled: (feed) => `${feed} 的新条目`,
  dateUnknown: "日期不详",
  dateUnknownNote: "(日期不详)",
  date: (time, zone, notes) => {
    const facts = [...(zone === undefined ? [] : [zone]), ...notes];
    return facts.length === 0 ? time : `${time}（${facts.join("，")}）`;
  },
  changed: (date) => `最后修改于 ${date}`,
  inferred: (from) => (from === undefined ? "推断" : `据${sources[from] ?? ` ${from} `}推断`),
  zoneAssumed: "时区为假定",
  future: "日期在未来",
  also: (sources) => `另见：${sources.join("、")}`,
  by: (authors) => `作者：${authors.join("、")}`,
  listen: (minutes) => (minutes === undefined ? "收听：" : `收听（${duration(minutes)}）：`),
  topics: (categories) => `话题：${categories.join("、")}`,
  linkOmitted: "链接过长，未列出。",
  feedPage: "此条目没有链接，订阅源网页：",
  headlines: (n) => `${number().format(n)} 条新闻`,
  moreHeadlines: (n) => `另有 ${number().format(n)} 条新闻`,
  fromFeeds: (headlines, n) => `${headlines}，来自 ${number().format(n)} 个订阅源`,
  sentBefore: (n) => (n === 1 ? "最新的一条已单独发送。" : `最新的 ${number().format(n)} 条已逐条发送。`),
  more: (n) => `+${number().format(n)} 条`,
  moreInSnapshot: (n) => `+${number().format(n)} 条，同在本次快照中`,
  reason: (audience) => `您订阅了 ${audience}，因此收到本邮件。如需退订，请使用下方的链接。`,
  replyStop: "回复 STOP 退订",
  test: {
    title: "这是 feedbell 的测试消息",
    summary: "您能读到这条消息，说明消息可以送达。这不是新闻，无需任何操作。",
  },
};
