import type { Limits } from "./feed/entry.ts";

/** Whether an audience gets a message for each new entry at once, or several entries in one message. */
export type Mode = "alerts" | "digest";

/** What an audience gets of a feed's first snapshot: all entries in one digest, the newest ones only, or nothing. */
export type FirstImport = "digest" | "silent" | `newest ${number}`;

/** How a digest sorts its entries. */
export type Order = "newest" | "feed" | "importance";

/** What becomes of an entry that was sent and comes back with another text. */
export type Updates = "ignore" | "mark" | "resend";

/** A named group of readers: one SNS topic. */
export interface Audience {
  /** ASCII slug, unique. */
  readonly name: string;
  /** An earlier name, under which the topic with its readers was created. */
  readonly rename?: string;
  readonly mode: Mode;
  /**
   * When a digest is sent, as written in the configuration: `upload` (one per snapshot) or a time, such as
   * `daily 07:00`. Present only in mode `digest`. `scheduleOf` returns the expression of EventBridge Scheduler.
   */
  readonly schedule?: string;
  /** A scheduled digest with fewer entries waits for the next slot. */
  readonly minItems: number;
  /** Days after which a scheduled digest is sent although it has fewer than `minItems` entries. */
  readonly maxWaitDays: number;
  /**
   * Hours in which an audience in mode `alerts` gets nothing, such as `22:00-07:00`, in its time zone. New entries
   * wait, and are sent as one digest when the hours end.
   */
  readonly quietHours?: string;
  /** Most alerts within an hour. Further entries wait, and are sent as one digest at the next hourly slot. */
  readonly maxPerHour?: number;
  readonly firstImport: FirstImport;
  /** BCP 47; decides date format and wording. */
  readonly locale: string;
  /** IANA time zone of the dates in messages. */
  readonly timeZone: string;
  /** The topic's display name: SNS puts it before each SMS as `NAME> `, where it counts. */
  readonly displayName?: string;
  readonly sms: SmsSettings;
  /** Most entries that one digest shows; the rest are counted in its last line. */
  readonly digestItems: number;
  /** How a digest sorts the entries that it shows. */
  readonly order: Order;
  /** `merge`: reports of one story share an entry of a digest, and copies an alert. `separate`: each is an entry of its own. */
  readonly stories: "merge" | "separate";
  /** Slugs of the feeds whose report of a story is shown, most preferred first. */
  readonly preferredFeeds: readonly string[];
  /** Most entries of one snapshot that an audience in mode `alerts` gets one by one; the rest share one closing message. */
  readonly maxAlerts: number;
  readonly messages?: {
    /** Messages that its topic gets on one day (UTC) at most; the others wait for the next day. */
    readonly maxPerDay?: number;
  };
  /** Messages that its topic gets within one second at most. */
  readonly messagesPerSecond: number;
  /** Which entries this audience gets; all where a rule is absent. */
  readonly rules: Rules;
}

/** The part of its topic's name that says whose it is: a topic can't be renamed without losing its readers. */
export const topicName = ({ name, rename }: Pick<Audience, "name" | "rename">): string => rename ?? name;

/** How an audience's SMS are written. */
export interface SmsSettings {
  /** Maximum parts of one SMS. */
  readonly parts: SmsParts;
  /** Maximum parts of an SMS that would otherwise show less than half of its title. */
  readonly maxParts: SmsParts;
  /** `auto`: accents are removed where the SMS would otherwise show less. `never`: letters stay as they are. */
  readonly fold: "auto" | "never";
  /** `fits`: an SMS with room ends with how to stop it. */
  readonly stopNote?: "never" | "fits";
  /** What operators are told of the messages: `Transactional` is delivered with priority. Otherwise the account's setting. */
  readonly type?: "Promotional" | "Transactional";
  /** Name or number that telephones show as the sender, where the country allows it. */
  readonly senderId?: string;
  /** The registered number from which the messages are sent, E.164. */
  readonly originationNumber?: string;
  /** US dollars: a message that costs more is not sent to that telephone. */
  readonly maxPrice?: number;
  /** Ids of the sender and of the text's template that India asks for. */
  readonly entityId?: string;
  readonly templateId?: string;
  /** ISO 3166-1 codes of the countries of the readers' numbers: synthesis warns where one asks for a registration. */
  readonly countries?: readonly string[];
  /** SMS parts that a telephone gets on one day (UTC) at most. */
  readonly maxPartsPerDay?: number;
  /** Beyond `maxPartsPerDay`: the message is sent without SMS (`mail`, the default), or waits for the next day. */
  readonly overLimit?: "mail" | "hold";
}

/** Numbers of SMS parts by kind of message. */
interface SmsParts {
  readonly alert: number;
  readonly digest: number;
}

/** Where `include`, `exclude` and `matches` look: in the title, in the text, or in both. */
export type RuleScope = "title" | "text" | "both";

/** Which entries an audience gets. All rules of an object must hold; an entry that does not say what a rule asks for passes. */
export interface Rules {
  /** Names or slugs of feeds; in a slug `*` stands for any characters. */
  readonly feeds?: readonly string[];
  /** BCP 47 primary subtags; an entry whose language is unknown passes. */
  readonly languages?: readonly string[];
  /** At least one of these words or phrases must be there. */
  readonly include?: readonly string[];
  /** None of these words or phrases may be there. */
  readonly exclude?: readonly string[];
  /** At least one of these regular expressions (RE2 syntax) must match. */
  readonly matches?: readonly string[];
  /** Where the three above look; if absent, also in authors and categories. */
  readonly in?: RuleScope;
  /** Words of a name: at least one must be in the name of an author. */
  readonly authors?: readonly string[];
  /** At least one must be a category of the entry. */
  readonly categories?: readonly string[];
  /** The link must be on one of these hosts or on a host below it. */
  readonly hosts?: readonly string[];
  /** Older entries are skipped; an entry without a date passes. */
  readonly maximumAgeDays?: number;
  /** At least one must hold. */
  readonly any?: readonly Rules[];
  /** All must hold. */
  readonly all?: readonly Rules[];
  /** Must not hold. */
  readonly not?: Rules;
}

export interface FeedSettings {
  /** The name that readers see; otherwise the feed's own title. */
  readonly title?: string;
  /** Where the uploader fetches the feed: for subscription lists only, nothing in feedbell fetches it. */
  readonly url?: string;
  /** IANA time zone of the feed's dates that have none. */
  readonly timeZone?: string;
  readonly updates?: Updates;
  /** Instead of the stack's own; 0: the feed is never reported as silent. */
  readonly silentPeriods?: number;
}

/** What the functions know of `context.feedbell`; validated in `infra/config/configuration.ts`, shipped in their bundle. */
export interface Configuration {
  readonly audiences: readonly Audience[];
  /** By slug. */
  readonly feeds: Readonly<Record<string, FeedSettings>>;
  readonly limits: Limits;
  /** The function's time-out; lease and visibility follow from it. */
  readonly timeoutSeconds: number;
  /** How long the ledger remembers an entry that its feed no longer shows. */
  readonly ledgerDays: number;
  /** Hours for which a snapshot that fails for a transient reason is retried before it is quarantined. */
  readonly retryHours: number;
  /** Longest delay between two retries, seconds; SQS allows 900. */
  readonly maxRetrySeconds: number;
  /** Usual gaps between two snapshots after which a feed is silent. */
  readonly silentPeriods: number;
  /** Price of one SMS part in US dollars, for estimates only. */
  readonly smsPartPrice: number;
}

/**
 * Seconds for which a received queue message is hidden from other runs. Lambda's documentation asks for six
 * times the function's time-out ("Creating and configuring an Amazon SQS event source mapping").
 */
export const visibilitySeconds = (timeoutSeconds: number): number => 6 * timeoutSeconds;

/** Receives after which a message of the intake queue goes to the dead-letter queue: a backstop, because throttled invocations spend receives too. */
export const maxIntakeReceives = 20;

/** The same for the outbox, where every message behind a failed one of its audience spends receives too. */
export const maxOutboxReceives = 1_000;

/** The same for the slots queue. */
export const maxSlotReceives = 20;

/** Seconds that one invocation of deliver may take. */
export const deliverSeconds = ({ timeoutSeconds }: Pick<Configuration, "timeoutSeconds">): number =>
  Math.min(60, timeoutSeconds);

/** Milliseconds after which a call that got no answer has failed, so that there is time for another one. */
export const callMilliseconds = (timeoutSeconds: number): number => Math.min(10_000, timeoutSeconds * 250);
