import type { AudioFile } from "../feed/audio-file.ts";
import type { DateNote, DateSource, LinkSource } from "../feed/entry.ts";

/** The feed as its readers know it. */
export interface SourceFeed {
  /** ASCII slug. */
  readonly slug: string;
  readonly title: string;
  readonly link?: string;
}

/** An entry as readers get it: plain text, and everything that a message may show. */
export interface Alert {
  /** The entry's ledger key. */
  readonly key: string;
  readonly source: SourceFeed;
  readonly id?: string;
  readonly title: string;
  readonly link?: string;
  /** Absent if `link` is the entry's own page. */
  readonly linkSource?: LinkSource;
  /** Published, else updated, else inferred; ISO 8601, UTC. */
  readonly date?: string;
  readonly published?: string;
  readonly updated?: string;
  readonly dateSource: DateSource;
  readonly dateNote?: DateNote;
  /** BCP 47: the feed's own statement if the script agrees with it, else detected from the text. */
  readonly language?: string;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  /** Plain text for a mail. */
  readonly summary: string;
  /** The points of a text that is a list, such as release notes; a last `…` stands for further ones. */
  readonly points?: readonly string[];
  readonly audio?: AudioFile;
  /** Place in its snapshot, from 0. */
  readonly place?: number;
  /** The entry's description as the feed gives it, HTML; only in the machine-readable variant. */
  readonly description?: string;
  /** The entry was sent before with another text. */
  readonly revised?: true;
  /** Other reports of the same story: named after this one with their links, and not shown as entries of their own. */
  readonly also?: readonly Alert[];
}

/** Content of a digest, or of the closing message of a flood: the alerts shown, newest first, and the number of those that are not. */
export interface Digest {
  readonly shown: readonly Alert[];
  /** Number of entries that are counted but not shown. */
  readonly more: number;
  /** Entries of the same snapshot that were sent one by one before this message; 0 in a plain digest. */
  readonly before: number;
  /** The feed of the snapshot, for the subject and for the link after the count. */
  readonly source: SourceFeed;
  /** The digest of a schedule, for which entries of several snapshots waited. */
  readonly scheduled?: {
    /** Feeds of all entries, those that are only counted included. */
    readonly feeds: number;
  };
}

export type MessageKind = "alert" | "digest";

/** What an SMS does not show, or not whole. */
export type SmsOmission =
  | "accents removed"
  | "emoji omitted"
  | "summary shortened"
  | "summary omitted"
  | "feed shortened"
  | "feed omitted"
  | "title shortened"
  | "date omitted"
  | "title omitted"
  | "link omitted"
  | "entry links omitted"
  | "headlines shortened"
  | "headlines omitted"
  | "heading omitted";

export type Encoding = "GSM-7" | "UCS-2";

/** One way to write an SMS. */
export interface SmsCandidate {
  readonly encoding: Encoding;
  /** Accents and emoji are removed where GSM-7 lacks them. */
  readonly folded: boolean;
  readonly parts: number;
  readonly omissions: readonly SmsOmission[];
  /** Why it was not chosen: the first criterion in which it keeps less than the chosen one. */
  readonly worse?: string;
}

/** One SMS and its size. */
export interface Sms {
  readonly text: string;
  readonly encoding: Encoding;
  /** Parts, including the topic's `NAME> ` prefix. */
  readonly parts: number;
  /** The characters that force UCS-2, each once. */
  readonly forcing: readonly string[];
  /** What was given up to fit, in order; never empty if something was. */
  readonly omissions: readonly SmsOmission[];
  /** The ways of writing it that were compared, the chosen one first. */
  readonly candidates: readonly SmsCandidate[];
}

/** One message to one audience, complete for every channel. */
export interface Message {
  readonly audience: string;
  readonly kind: MessageKind;
  /** Ledger keys of the entries shown or named in an Also line. */
  readonly keys: readonly string[];
  /** Keys of the entries that share a place: the one that is shown, then those in its Also line. Absent if there are none. */
  readonly merged?: readonly (readonly string[])[];
  /** Number of entries that are counted but not shown; they count as sent once the message is accepted. */
  readonly more: number;
  /** One line, under 100 characters in code points and in UTF-16 code units. */
  readonly subject: string;
  readonly email: string;
  readonly sms: Sms;
  /** The machine-readable variant: JSON. */
  readonly machine: string;
  /** Attributes for filter policies: strings or arrays of strings, ASCII only. */
  readonly attributes: Readonly<Record<string, string | readonly string[]>>;
  /** Size of the whole message, as `messageBytes` counts it. */
  readonly bytes: number;
}
