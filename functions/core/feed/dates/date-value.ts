/** A date as read: its instant, and the zone that was assumed if the text names none. */
export interface ReadDate {
  /** ISO 8601, UTC, to the second (milliseconds only if the source has them). */
  readonly iso: string;
  readonly assumedZone?: string;
  /** The calendar day as written, such as `2024-03-03`, if the text has no time of day. */
  readonly day?: string;
}

export interface DateContext {
  /** IANA zone of dates without one; UTC by default. */
  readonly timeZone?: string | undefined;
  /** BCP 47; decides between day/month and month/day, which month a name means, and what CST is. */
  readonly language?: string | undefined;
}

/** The parts of a date as its text has them; months count from 0. */
export interface DateParts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  /** Minutes east of UTC. */
  offset: number | undefined;
}

/** A day as its text has it, the month from 0, and the text around it. */
export type TextDay = Pick<DateParts, "year" | "month" | "day"> & { readonly rest: string };
