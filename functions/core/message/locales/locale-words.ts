/**
 * The texts of a locale. They are functions and not templates, so that no text of a feed is ever expanded.
 */
export interface LocaleWords {
  /** BCP 47 tag; used for number formats and plural rules. */
  readonly tag: string;
  /** Before the title of an entry that was sent before with another text. */
  readonly updated: string;
  /** Title of an entry that has neither a title nor a text. */
  readonly untitled: (feed: string) => string;
  /** In place of a date, on its own line. */
  readonly dateUnknown: string;
  /** In place of a date, after other words. */
  readonly dateUnknownNote: string;
  /** A formatted date, its time zone (`undefined` for a day without a time) and notes. */
  readonly date: (time: string, zone: string | undefined, notes: readonly string[]) => string;
  /** The date of the last change, if no other is known. */
  readonly changed: (date: string) => string;
  /** Notes after a date. `from`: what a missing date was taken from, `snapshot time` or the name of another field. */
  readonly inferred: (from: string | undefined) => string;
  readonly zoneAssumed: string;
  readonly future: string;
  /** Sources of other reports of the same story; their links follow. */
  readonly also: (sources: readonly string[]) => string;
  readonly by: (authors: readonly string[]) => string;
  /** Above the link of an audio file; its length in minutes if that is known. */
  readonly listen: (minutes: number | undefined) => string;
  readonly topics: (categories: readonly string[]) => string;
  /** In place of a link that is too long. */
  readonly linkOmitted: string;
  /** Above the feed's page, which is linked where an entry has no link of its own. */
  readonly feedPage: string;
  /** `12 headlines`; `12 more headlines` in the closing message of a flood. */
  readonly headlines: (count: number) => string;
  readonly moreHeadlines: (count: number) => string;
  readonly fromFeeds: (headlines: string, feeds: number) => string;
  /** How many entries of the snapshot were sent one by one before this message; at least 1. */
  readonly sentBefore: (count: number) => string;
  /** After the entries: the number of those that are not shown. */
  readonly more: (count: number) => string;
  readonly moreInSnapshot: (count: number) => string;
  /** The last line of a mail: why the reader gets it, and how to stop it. SNS adds its link for that below. */
  readonly reason: (audience: string) => string;
  /** The last line of an SMS: how to stop it. */
  readonly replyStop: string;
  /** Of a message that operators send to see whether readers get it. */
  readonly test: { readonly title: string; readonly summary: string };
}
