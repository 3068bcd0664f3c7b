import * as fc from "./properties.ts";
import type { Audience } from "../../functions/core/configuration.ts";
import { languages } from "../../functions/core/message/locales/words.ts";
import type { Alert, SourceFeed } from "../../functions/core/message/message.ts";

const runs = [
  fc.string({ unit: "grapheme-ascii", maxLength: 30 }),
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 10 })
    .map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom(
    "The harbour — “open” again… ",
    "海湾大桥提前两个月通车，",
    "「灯塔」第２号。",
    "ｶﾞｷﾞ",
    "افتتاح المكتبة 12 ",
    "ספרייה (חדשה) ",
    "हिन्दी में क्षत्रिय ",
    "ภาษาไทยวันนี้",
    "한국어 ",
    "\u1112\u1161\u11AB",
    "👨‍👩‍👧‍👦",
    "👍🏽",
    "🇫🇷🇩🇪",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "a\u0301\u0327\u0302",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A",
    "𠀀𪚥",
    "{title} ${link} $1 $& %s",
    "€[~]|^{}\\",
    "\u202Eesrever\u202C",
    "\u2066\u2067\u2068\u2069\u200F\u200E",
    "\r\n\t\u0000\u0007\u001B[31m\u0085\u2028\u2029",
    "\uD83D",
    "\uDE00\uFFFE\uFFFF",
    "<script>alert(1)</script>&amp;",
    "https://elsewhere.example/a?b=c#d ",
    "   ",
    "",
  ),
];

/** Text with everything that feeds may contain, hostile text included. */
export const text = (pieces: number): fc.Arbitrary<string> =>
  fc.array(fc.oneof(...runs), { maxLength: pieces }).map((parts) => parts.join(""));

const path = fc
  .string({
    unit: fc.constantFrom(...Array.from("abcxyzABC0189-_.~/?=&%+:;,@!$'()*[]|^{}文ل😀é’–e\u0301")),
    maxLength: 1_960,
  })
  .map((rest) => `https://feed.example/${rest}`);

/** Absolute links of up to 2,000 characters, normalised or as in feeds. */
export const link: fc.Arbitrary<string> = fc.oneof(
  path,
  path.map((raw) => new URL(raw).href.slice(0, 2_000)),
  fc.integer({ min: 22, max: 2_000 }).map((length) => "https://feed.example/".padEnd(length, "x-")),
);

const date = fc
  .date({ min: new Date("0100-01-01"), max: new Date("9000-01-01"), noInvalidDate: true })
  .map((value) => value.toISOString());

export const source: fc.Arbitrary<SourceFeed> = fc.record(
  { slug: fc.constantFrom("gazette", "deng", "minbar", "x1f3"), title: text(3), link },
  { requiredKeys: ["slug", "title"] },
);

const note = fc.record(
  {
    inferredFrom: fc.constantFrom("snapshot time", "file name"),
    assumedZone: fc.constant("UTC"),
    day: fc.constantFrom("2024-01-25", "1999-12-31"),
    future: fc.constant(true as const),
  },
  { requiredKeys: [] },
);

const audio = fc.record({ link, seconds: fc.integer({ min: 1, max: 86_400 }) }, { requiredKeys: ["link"] });

/** An entry with arbitrary fields, each of which may be missing. */
export const alert: fc.Arbitrary<Alert> = fc.record(
  {
    key: fc.uuid(),
    source,
    id: text(3),
    title: text(8),
    link,
    date,
    published: date,
    updated: date,
    dateSource: fc.constantFrom("published", "updated", "inferred", "missing"),
    dateNote: note,
    language: fc.constantFrom("en", "zh-hant", "ar", "x-klingon", "文", ""),
    authors: fc.array(text(2), { maxLength: 8 }),
    categories: fc.array(text(2), { maxLength: 4 }),
    summary: text(25),
    description: text(25),
    revised: fc.constant(true as const),
    audio,
    points: fc.array(text(3), { minLength: 1, maxLength: 13 }),
    place: fc.nat(1_000),
  },
  { requiredKeys: ["key", "source", "title", "dateSource", "authors", "categories", "summary"] },
);

/** Audiences with every supported locale and some others. */
export const audience: fc.Arbitrary<Audience> = fc
  .record({
    locale: fc.constantFrom(
      ...languages,
      "en-GB",
      "zh-TW",
      "ar-EG",
      "th-TH-u-ca-buddhist",
      "fr",
      "he",
      "hi-u-nu-deva",
    ),
    timeZone: fc.constantFrom("UTC", "Asia/Shanghai", "America/St_Johns", "Pacific/Apia"),
    displayName: fc.constantFrom(undefined, "News", "新闻", "straße ’n’ co"),
    mode: fc.constantFrom("alerts" as const, "digest" as const),
    alert: fc.integer({ min: 1, max: 10 }),
    digest: fc.integer({ min: 1, max: 10 }),
    order: fc.constantFrom("newest" as const, "feed" as const, "importance" as const),
    stories: fc.constantFrom("merge" as const, "separate" as const),
    preferredFeeds: fc.constantFrom([], ["gazette"]),
    more: fc.integer({ min: 0, max: 2 }),
    fold: fc.constantFrom("auto" as const, "never" as const),
  })
  .map(({ alert, digest, more, fold, displayName, ...rest }) => ({
    name: "readers",
    ...rest,
    ...(displayName === undefined ? {} : { displayName }),
    sms: {
      parts: { alert, digest },
      maxParts: { alert: Math.min(10, alert + more), digest: Math.min(10, digest + more) },
      fold,
    },
    digestItems: 50,
    maxAlerts: 10,
    minItems: 1,
    maxWaitDays: 7,
    firstImport: "digest",
    messagesPerSecond: 8,
    rules: {},
  }));
