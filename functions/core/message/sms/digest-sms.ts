import type { Audience } from "../../configuration.ts";
import { type DigestPart, digestCount, feedsOf } from "../email/digest-email.ts";
import { withDirectionMark } from "../email/direction.ts";
import { textWidth } from "../../text-width.ts";
import { period } from "../format-dates.ts";
import { headlineOf, shownLink } from "../headline.ts";
import type { LocaleWords } from "../locales/locale-words.ts";
import type { Sms, SmsOmission } from "../message.ts";
import { alertSms } from "./alert-sms.ts";
import { type Draft, count, fewer, isBetter, isKept, share } from "./sms-draft.ts";
import { type SmsHeadline, type ListedHeadline, lineOf, listHeadlines } from "./headline-list.ts";
import { type Medium, type Written, isWhole } from "./medium.ts";
import { noFeed, smsFeed } from "./sms-feed.ts";
import { lines, planSms, removals, smsBudget } from "./sms-plan.ts";

/** Headlines that are worth more than a link. */
const fewHeadlines = 3;

/** What a digest's SMS is written from; a text is `""` if there is none. */
interface Fields {
  readonly heading: string;
  readonly feed: string;
  readonly isFeedShort: boolean;
  readonly titles: readonly {
    readonly text: string;
    readonly isStart: boolean;
    readonly language: string | undefined;
  }[];
  /** The entries' own links, of a digest of one or two entries. */
  readonly ownLinks: readonly (string | undefined)[];
  /** Number of entries that are counted, besides the titles that do not fit. */
  readonly counted: number;
  readonly date: string;
  readonly link: string | undefined;
  readonly number: Intl.NumberFormat;
}

/** The same in one medium. */
interface WrittenFields {
  readonly heading: Written;
  readonly separator: string;
  readonly feed: Written;
  readonly isFeedShort: boolean;
  readonly headlines: readonly SmsHeadline[];
  readonly counted: number;
  readonly date: string;
  readonly link: string;
  readonly number: Intl.NumberFormat;
}

/** Which links are shown, each with its rank: each entry's own, the digest's, or none. */
const linkRanks = { own: 2, digest: 1, none: 0 } as const;
const linkKinds = ["own", "digest", "none"] as const;

interface Layout {
  readonly links: (typeof linkKinds)[number];
  /** The best links that the digest has. */
  readonly bestLinks: (typeof linkKinds)[number];
  readonly isNamed: boolean;
}

/** The best choice of links and heading in one medium; `undefined` if the medium lacks a character of the heading. */
function draftDigest(fields: Fields, medium: Medium): Draft | undefined {
  const written: WrittenFields = {
    ...fields,
    heading: medium.write(fields.heading),
    // The feed writes its name in the language of its entries.
    feed: medium.write(fields.feed, fields.titles[0]?.language),
    separator: medium.encoding === "GSM-7" ? " - " : " · ",
    date: medium.write(fields.date).text,
    link: medium.link(fields.link),
    headlines: fields.titles.map(({ text, isStart, language }, index) => {
      const title = medium.write(text, language);
      return { title, isStart, columns: textWidth(title.text), link: medium.link(fields.ownLinks[index]) };
    }),
  };
  if (!isWhole(written.heading)) return undefined;
  const linksOf = {
    own: fields.ownLinks.filter((link) => shownLink(link) !== undefined),
    digest: [fields.link].filter((link) => shownLink(link) !== undefined),
    none: [""],
  };
  const existing = linkKinds.filter((kind) => linksOf[kind].length > 0);
  const isWritable = (kind: Layout["links"]): boolean =>
    kind === "none" || linksOf[kind].every((link) => medium.link(link) !== "");
  let chosen: Draft | undefined;
  for (const kind of existing.filter(isWritable))
    for (const isNamed of fields.feed !== "" && isWhole(written.feed) ? [true, false] : [false]) {
      const layout = { links: kind, bestLinks: existing[0] ?? "none", isNamed };
      const draft = fill(layout, written, medium);
      if (draft !== undefined && (chosen === undefined || isBetter(draft.kept, chosen.kept))) chosen = draft;
    }
  return chosen;
}

/** A layout with its headlines, then the date if there is room. */
function fill(layout: Layout, fields: WrittenFields, medium: Medium): Draft | undefined {
  const { heading, feed, counted, date, number } = fields;
  const headlines =
    layout.links === "own" ? fields.headlines : fields.headlines.map((each) => ({ ...each, link: "" }));
  const link = layout.links === "digest" ? fields.link : "";
  const build = (listed: readonly ListedHeadline[], day = ""): string => {
    const hidden = headlines.length - listed.length + counted;
    return lines(
      heading.text + (layout.isNamed ? fields.separator + feed.text : ""),
      day,
      ...listed.map(lineOf),
      hidden > 0 ? `+${number.format(hidden)}` : "",
      link,
    );
  };
  const listed = listHeadlines(headlines, medium, (some) => medium.fits(build(some)));
  const undated = build(listed);
  if (!medium.fits(undated)) return undefined;
  // The days are worth room that is left, but no part more: that would double the price of a short digest.
  const dated = build(listed, date);
  const hasRoom = medium.fits(dated);
  const isDated = hasRoom && medium.partsOf(dated) === medium.partsOf(undated);
  const text = isDated ? dated : undated;
  const shown = listed.map((each) => columnsShown(each, medium));
  const isShortened = listed.some((each) => each.isStart || each.text !== each.title.text);
  const omissions: readonly (SmsOmission | false)[] = [
    layout.links !== layout.bestLinks && (layout.links === "none" ? "link omitted" : "entry links omitted"),
    listed.length < headlines.length && "headlines omitted",
    isShortened && "headlines shortened",
    !hasRoom && "date omitted",
    fields.feed.text !== "" && !layout.isNamed && "feed omitted",
    layout.isNamed && fields.isFeedShort && "feed shortened",
  ];
  return {
    text,
    links: [...listed.map((each) => each.link), link].filter((each) => each !== ""),
    omissions: [
      ...omissions.filter((omission) => omission !== false),
      ...removals([
        ...listed.map(({ title, text }) => [title, lengthShown(title, text, medium)] as const),
        [feed, layout.isNamed ? feed.text.length : 0],
      ]),
    ],
    kept: [
      count(`headlines up to ${fewHeadlines}`, Math.min(fewHeadlines, listed.length)),
      count("links", linkRanks[layout.links]),
      isKept("feed's name", layout.isNamed || fields.feed.text === ""),
      count("headlines", listed.length),
      fewer("headlines left out between others", gaps(listed, headlines)),
      share("length of the headlines", sum(shown), sum(listed.map((each) => each.columns))),
      isKept("date", isDated || date === ""),
    ],
    isCramped: headlines.length > 0 && listed.length === 0,
  };
}

/** Number of headlines that are left out before the last one that is listed. */
const gaps = (listed: readonly ListedHeadline[], all: readonly SmsHeadline[]): number => {
  const last = listed.at(-1);
  return all.findIndex(({ title }) => title === last?.title) + 1 - listed.length;
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, next) => total + next, 0);

const columnsShown = ({ text, title, columns: whole }: ListedHeadline, { ellipsis }: Medium): number =>
  text === title.text ? whole : textWidth(text) - ellipsis.length;

const lengthShown = (title: Written, shown: string, { ellipsis }: Medium): number =>
  shown === title.text ? shown.length : shown.length - ellipsis.length;

/**
 * The SMS for one part of a digest: the count, the days of the entries, as many headlines as fit, `+N` for the others, and
 * the feed's link or, with one or two entries, theirs. What a reader keeps, most important first: three headlines,
 * links, the feed's name, more headlines, the whole headlines, the days if they cost no further part. A digest of one entry
 * is written like an alert.
 */
export function digestSms(part: DigestPart, audience: Audience, words: LocaleWords): Sms {
  const { alerts, digest } = part;
  const [only, ...others] = digest.shown;
  if (only !== undefined && others.length === 0 && digest.more === 0)
    return alertSms(only, audience, words, "digest");
  const isOfOneFeed = feedsOf(part) === 1;
  const counted = part.number === part.of ? digest.more : 0;
  const titles = alerts.map((alert) => {
    const { name, isCut } = smsFeed(alert.source);
    const { title, summary, isGenerated, namesFeed, isStart } = headlineOf(alert, words, name);
    // Without a title, as much of the text as fits is the headline.
    const text = isGenerated && summary !== "" ? summary : title;
    const isPart = isStart || (namesFeed && isCut);
    return { text: withDirectionMark(text), isStart: isPart, language: alert.language };
  });
  const feed = isOfOneFeed ? smsFeed(digest.source) : noFeed;
  const fields: Fields = {
    heading: digestCount(part, words),
    feed: feed.name,
    isFeedShort: feed.isCut,
    titles,
    ownLinks: alerts.length + counted <= 2 ? alerts.map(({ link }) => link) : [],
    counted,
    date: period(alerts, { locale: "en", timeZone: audience.timeZone }) ?? "",
    link: isOfOneFeed ? digest.source.link : undefined,
    number: new Intl.NumberFormat(words.tag),
  };
  const budget = smsBudget(audience, "digest");
  const texts = [fields.heading, fields.feed, ...titles.map(({ text }) => text)];
  const links = [fields.link, ...fields.ownLinks];
  return planSms({ texts, links, draft: (medium) => draftDigest(fields, medium) }, budget);
}
