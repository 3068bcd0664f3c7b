/**
 * A locale's words. Every value that comes from a feed is handed in as an argument and put where it belongs once;
 * nothing is a template, so no text of a feed can be expanded.
 */
export interface LocaleWords {
  /** BCP 47 tag of these words; number formats and plural rules follow it. */
  readonly tag: string;
  /** In front of the title of an entry that was sent before with another text. */
  readonly updated: string;
  /** Title of an entry that has neither a title nor a text. */
  readonly untitled: (feed: string) => string;
  /** Instead of a date: on a line of a mail, and behind other words. */
  readonly dateUnknown: string;
  readonly unknownDate: string;
  /** Date and time as the locale writes them, their time zone (none beside a day without a time), and what else a reader should know of them. */
  readonly date: (time: string, zone: string | undefined, notes: readonly string[]) => string;
  /** The date is that of the last change, because no other is known. */
  readonly changed: (date: string) => string;
  /** Notes behind a date. */
  readonly inferred: (from: string | undefined) => string;
  readonly zoneAssumed: string;
  readonly future: string;
  readonly by: (authors: readonly string[]) => string;
  /** Instead of a link that is too long for any mail. */
  readonly linkLeftOut: (characters: string) => string;
  /** Above the feed's page, which is linked where an entry has no link of its own. */
  readonly feedPage: string;
  /** `12 headlines`, and in the closing message of a flood `12 more headlines`. */
  readonly headlines: (count: number) => string;
  readonly moreHeadlines: (count: number) => string;
  readonly fromFeeds: (headlines: string, feeds: number) => string;
  /** The heading of a digest of one feed. */
  readonly ofFeed: (feed: string, headlines: string) => string;
  /** First sentence of the closing message of a flood. `before` went out one by one; 0 where that is not known. */
  readonly closing: (before: number, shown: number, more: number) => string;
  /** First sentence of a digest that shows fewer than there are. */
  readonly excerpt: (shown: number, more: number) => string;
  /** The last line: what is only counted. */
  readonly more: (count: number) => string;
  readonly moreInSnapshot: (count: number) => string;
}
