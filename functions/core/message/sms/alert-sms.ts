import type { Audience } from "../../configuration.ts";
import { withDirectionMark } from "../email/direction.ts";
import { spaceless } from "../../feed/text/spaceless-scripts.ts";
import { textWidth } from "../../text-width.ts";
import { shortDate } from "../format-dates.ts";
import { asciiLink, headlineOf, shownLink } from "../headline.ts";
import type { LocaleWords } from "../locales/locale-words.ts";
import type { Alert, Sms, SmsOmission } from "../message.ts";
import { noFeed, smsFeed } from "./sms-feed.ts";
import { type Criterion, type Draft, isBetter, isKept, share } from "./sms-draft.ts";
import { type Medium, type Written, isWhole } from "./medium.ts";
import { type Shortening, leadEndings, shorten, summaryEndings, titleEndings } from "./shorten.ts";
import { lines, planSms, removals, smsBudget } from "./sms-plan.ts";

export const limits = {
  /** Columns of a title by which readers recognise the story, if half of it is more. */
  title: 40,
  /** Columns of a summary that says enough: two lines of a telephone. */
  summary: 72,
} as const;

/** What an SMS can show of an entry; a text is `""` if there is none. */
interface Fields {
  readonly title: string;
  /** The title is the start of the text, because the entry has none. */
  readonly isLead: boolean;
  /** The title is the start of a very long one. */
  readonly isStart: boolean;
  readonly summary: string;
  readonly date: string;
  /** In place of an unknown date. */
  readonly note: string;
  readonly feed: string;
  /** The end of the feed's name is missing, here or in the title. */
  readonly isFeedCut: boolean;
  readonly link: string | undefined;
  /** BCP 47, of title, summary and feed. */
  readonly language: string | undefined;
}

/** The same in one medium. */
interface WrittenFields {
  readonly title: Written;
  readonly isLead: boolean;
  readonly isStart: boolean;
  readonly summary: Written;
  readonly date: string;
  readonly note: Written;
  readonly feed: Written;
  readonly isFeedCut: boolean;
  readonly link: string;
  readonly language: string | undefined;
}

/** The fields that are shown beside the title, most important first. */
const optional = ["link", "summary", "date", "feed", "note"] as const;
type Layout = Readonly<Record<(typeof optional)[number], boolean>>;

/** All layouts, those that keep more first. */
const layouts: readonly Layout[] = Array.from({ length: 2 ** optional.length }, (_, index) => {
  const has = (at: number): boolean => (index & (2 ** (optional.length - 1 - at))) === 0;
  return { link: has(0), summary: has(1), date: has(2), feed: has(3), note: has(4) };
});

/** What readers get of the texts of a layout. */
interface Extent {
  readonly isRecognisable: boolean;
  readonly title: Criterion;
  /** The summary ends with a sentence. */
  readonly isFinished: boolean;
  readonly isAmple: boolean;
  readonly summary: Criterion;
}

const all: Extent = {
  isRecognisable: true,
  title: share("title", 1, 1),
  isFinished: true,
  isAmple: true,
  summary: share("length of the summary", 1, 1),
};

/** What a reader keeps, most important first. A field that the entry lacks is not lost. */
const criteria = (
  layout: Layout,
  has: Layout,
  { isRecognisable, title, isFinished, isAmple, summary }: Extent,
): readonly Criterion[] => [
  isKept("a title to recognise", isRecognisable),
  isKept("link", layout.link || !has.link),
  title,
  isKept("summary", layout.summary || !has.summary),
  isKept("date", layout.date || !has.date),
  isKept("end of a sentence", isFinished),
  isKept("two lines of the summary", isAmple),
  isKept("feed's name", layout.feed || !has.feed),
  isKept("note that the date is unknown", layout.note || !has.note),
  summary,
];

/** The best layout in one medium. */
function draftAlert(fields: Fields, medium: Medium): Draft | undefined {
  const { language } = fields;
  const written: WrittenFields = {
    ...fields,
    title: medium.write(fields.title, language),
    summary: medium.write(fields.summary, language),
    note: medium.write(fields.note),
    feed: medium.write(fields.feed, language),
    link: medium.link(fields.link),
  };
  const has: Layout = {
    link: shownLink(fields.link) !== undefined,
    summary: fields.summary !== "",
    date: fields.date !== "",
    feed: fields.feed !== "",
    note: fields.note !== "",
  };
  let chosen: Draft | undefined;
  for (const layout of layouts) {
    if (optional.some((name) => layout[name] && !has[name])) continue;
    // This layout and all after it keep no more, however long their texts are.
    if (chosen !== undefined && !isBetter(criteria(layout, has, all), chosen.kept)) break;
    const draft = fill(layout, has, written, medium);
    if (draft !== undefined && (chosen === undefined || isBetter(draft.kept, chosen.kept))) chosen = draft;
  }
  return chosen;
}

/** The layout with as much of the title, then of the summary, as fits; `undefined` if it does not fit at all. */
function fill(layout: Layout, has: Layout, fields: WrittenFields, medium: Medium): Draft | undefined {
  const { title, summary, feed, note, language } = fields;
  if (layout.link && fields.link === "") return undefined;
  if ((layout.feed && !isWhole(feed)) || (layout.note && !isWhole(note))) return undefined;
  const link = layout.link ? fields.link : "";
  const name = layout.feed ? feed.text : "";
  const second = layout.note ? spaced(name, note.text) : spaced(layout.date ? fields.date : "", name);
  const stacked = (top: string, body: string): string => lines(top, body, second, link);
  const joined = (top: string): string => lines(fields.date + top, link);
  // Chinese and Japanese need no space, and so no room, between date and title.
  const isJoined =
    layout.date &&
    !layout.summary &&
    !layout.feed &&
    isWhole(title) &&
    spaceless.test(title.text.slice(0, 2)) &&
    !medium.fits(stacked(title.text, "")) &&
    medium.fits(joined(title.text));
  const build = isJoined ? joined : stacked;

  const top = longest(title, {
    endings: fields.isLead ? leadEndings(language) : titleEndings,
    medium,
    build: (text) => build(text, ""),
  });
  const body = !layout.summary
    ? nothing
    : longest(summary, {
        endings: summaryEndings(language),
        medium,
        build: (text) => build(top.text, text),
      });
  const text = build(top.text, body.text);
  // A title that is cut for lack of room leaves none; one that is cut at a letter that the medium lacks does.
  const hasRoom = top.isWhole || !isWhole(title);
  if ((layout.summary && (!hasRoom || body.text === "")) || text === "" || !medium.fits(text))
    return undefined;

  const width = textWidth(title.text);
  const isRecognisable = top.isWhole || top.columns >= Math.min(width / 2, limits.title);
  // In place of a title, a text is judged as the summary that it is.
  const about = fields.isLead ? top : body;
  const hasNone = !layout.summary && !fields.isLead;
  const extent: Extent = {
    isRecognisable,
    isFinished: hasNone || about.isWhole || about.isSentence,
    isAmple: hasNone || about.isWhole || about.columns >= limits.summary,
    title: fields.isLead || top.isWhole ? share("title", 1, 1) : share("title", top.columns, width),
    summary: share("length of the summary", about.columns, fields.isLead ? width : textWidth(summary.text)),
  };
  const cut = (shown: Shown, name: "title" | "summary"): readonly SmsOmission[] =>
    shown.isWhole ? [] : [shown.text === "" ? `${name} omitted` : `${name} shortened`];
  return {
    text,
    links: layout.link ? [link] : [],
    omissions: [
      ...(has.feed && !layout.feed ? (["feed omitted"] as const) : []),
      ...(fields.isFeedCut && (layout.feed || !has.feed) ? (["feed shortened"] as const) : []),
      ...((has.date && !layout.date) || (has.note && !layout.note) ? (["date omitted"] as const) : []),
      ...(has.summary && !layout.summary ? (["summary omitted"] as const) : []),
      ...(layout.summary ? cut(body, "summary") : []),
      ...cut({ ...top, isWhole: top.isWhole && !fields.isStart }, fields.isLead ? "summary" : "title"),
      ...(has.link && !layout.link ? (["link omitted"] as const) : []),
      ...removals([
        [title, top.length],
        [summary, body.length],
        [feed, name.length],
      ]),
    ],
    kept: criteria(layout, has, extent),
    isCramped:
      (has.link && !layout.link) ||
      !(fields.isLead ? isRecognisable : top.isWhole || top.columns >= width / 2),
  };
}

/** As much of a text as an SMS shows. */
interface Shown {
  readonly text: string;
  readonly isWhole: boolean;
  readonly isSentence: boolean;
  /** UTF-16 code units and columns without the ellipsis. */
  readonly length: number;
  readonly columns: number;
}

const nothing: Shown = { text: "", isWhole: false, isSentence: false, length: 0, columns: 0 };

/** The whole text if it fits, else its best shortened version, else nothing. */
function longest(written: Written, options: Shortening): Shown {
  const { text } = written;
  if (isWhole(written) && options.medium.fits(options.build(text)))
    return { text, isWhole: true, isSentence: false, length: text.length, columns: textWidth(text) };
  const short = shorten(written, options);
  if (short === undefined) return nothing;
  const mark = options.medium.ellipsis;
  const kept = short.text.endsWith(mark) ? short.text.slice(0, -mark.length) : short.text;
  return { ...short, isWhole: false, length: kept.length, columns: textWidth(kept) };
}

const spaced = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join(" ");

/** The SMS for one entry, with as many parts as the audience's messages of this kind. Its lines are title, summary, date and feed, link. */
export function alertSms(
  alert: Alert,
  audience: Audience,
  words: LocaleWords,
  kind: "alert" | "digest" = "alert",
): Sms {
  const source = smsFeed(alert.source);
  const { title, summary, isGenerated, namesFeed, isStart } = headlineOf(alert, words, source.name);
  const isLead = isGenerated && summary !== "";
  const feed = namesFeed ? noFeed : source;
  const date = shortDate(alert, audience.timeZone);
  const fields: Fields = {
    title: withDirectionMark((alert.revised === true ? words.updated : "") + (isLead ? summary : title)),
    isLead,
    isStart,
    summary: isGenerated ? "" : withDirectionMark(summary),
    date: date ?? "",
    note: date === undefined ? words.dateUnknownNote : "",
    feed: feed.name,
    isFeedCut: source.isCut,
    link: alert.link,
    language: alert.language,
  };
  const budget = smsBudget(audience, kind);
  const planned = (link: string | undefined): Sms =>
    planSms(
      {
        texts: [fields.title, fields.summary, fields.note, fields.feed],
        links: [link],
        draft: (medium) => draftAlert({ ...fields, link }, medium),
      },
      budget,
    );
  const sms = planned(alert.link);
  const hasLink = alert.link !== undefined && alert.link !== "";
  // The feed's page is worth no word of the entry itself.
  if (alert.linkSource === "feed" && sms.omissions.length > 0) return without(planned(undefined));
  return hasLink && asciiLink(alert.link) === undefined ? without(sms) : sms;
}

/** The SMS of an entry whose link is not shown. */
const without = (sms: Sms): Sms => ({ ...sms, omissions: [...sms.omissions, "link omitted"] });
