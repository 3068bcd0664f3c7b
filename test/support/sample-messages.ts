import type { Audience } from "../../functions/core/configuration.ts";
import type { Alert } from "../../functions/core/message/message.ts";

export const london: Audience = {
  name: "alerts",
  mode: "alerts",
  locale: "en-GB",
  timeZone: "Europe/London",
  sms: { parts: { alert: 2, digest: 3 }, maxParts: { alert: 2, digest: 3 }, fold: "auto" },
  digestItems: 50,
  order: "newest",
  // Tests of the layout show an entry several times.
  stories: "separate",
  preferredFeeds: [],
  maxAlerts: 10,
  minItems: 1,
  maxWaitDays: 7,
  firstImport: "digest",
  messagesPerSecond: 8,
  rules: {},
};
export const shanghai: Audience = { ...london, locale: "zh-CN", timeZone: "Asia/Shanghai" };
export const taipei: Audience = { ...london, locale: "zh-TW", timeZone: "Asia/Taipei" };
export const newYork: Audience = { ...london, locale: "en-US", timeZone: "America/New_York" };
export const cairo: Audience = { ...london, locale: "ar-EG", timeZone: "Africa/Cairo" };
export const digestOf = (audience: Audience): Audience => ({
  ...audience,
  name: "digest",
  mode: "digest",
});

const plain = { authors: [], categories: [], dateSource: "published", summary: "" } as const;

export const gazette = { slug: "gazette", title: "Harbour Gazette", link: "https://gazette.example/" };
export const tideGate: Alert = {
  ...plain,
  key: "g1",
  source: gazette,
  id: "tag:gazette.example,2024:tide-gate",
  title: "Port’s new tide gate opens — “a once-in-a-century job”",
  link: "https://gazette.example/2024/01/tide-gate-opens",
  date: "2024-01-25T11:20:00Z",
  published: "2024-01-25T11:20:00Z",
  language: "en",
  authors: ["Maren Holt", "J. Okafor"],
  categories: ["Harbour", "Works"],
  summary:
    "The gate, 214 metres long, was lowered for the first time on Thursday morning. Engineers say that it will keep the old town dry until at least 2090, provided that the two pumping stations are finished on time.",
};
export const ferry: Alert = {
  ...plain,
  key: "g2",
  source: gazette,
  title: "Ferry timetable changes from 1 February",
  link: "https://gazette.example/2024/01/ferry",
  date: "2024-01-24T09:05:00Z",
  language: "en",
  summary: "The last boat leaves at 22:40.",
};

export const lamp = { slug: "deng", title: "灯塔新闻", link: "https://dengta.example/" };
export const bridge: Alert = {
  ...plain,
  key: "d1",
  source: lamp,
  title: "海湾大桥提前两个月通车，首日车流超过六万辆",
  link: "https://dengta.example/a/bay-bridge-opens-two-months-early/7457003.html",
  date: "2024-01-25T20:39:03Z",
  dateSource: "inferred",
  dateNote: { inferredFrom: "snapshot time" },
  language: "zh",
  summary:
    "海湾大桥星期四清晨正式通车，比原计划早了两个月。交通部门说，首日共有六万二千辆车通过，两岸之间的车程由一小时缩短到十五分钟。“我等这座桥等了二十年，”住在南岸的渔民陈阿水说。",
};

export const minbar = { slug: "minbar", title: "منبر المدينة", link: "https://minbar.example/" };
export const library: Alert = {
  ...plain,
  key: "m1",
  source: minbar,
  title: "افتتاح مكتبة المدينة الجديدة بعد 12 عاماً من العمل (صور)",
  link: "https://minbar.example/2024/library",
  date: "2024-01-25T11:20:00Z",
  language: "ar",
  authors: ["ليلى حداد"],
  summary:
    "افتُتحت يوم الخميس مكتبة المدينة الجديدة التي تضم أكثر من 400 ألف كتاب. وقالت مديرة المكتبة إن نظام BookTrack سيتيح للقراء حجز الكتب عبر الإنترنت، وإن الدخول سيبقى مجانياً للجميع.",
};

const names: Readonly<Record<string, string>> = {
  "\u200F": "<RLM>",
  "\u2067": "<RLI>",
  "\u2068": "<FSI>",
  "\u2069": "<PDI>",
};

/** The text with visible direction marks. */
export const visible = (text: string): string =>
  text.replace(/[\u200F\u2067-\u2069]/gu, (mark) => names[mark] ?? mark);
