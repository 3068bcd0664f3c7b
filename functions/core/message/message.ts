import type { DateNote, DateSource, LinkSource } from "../feed/entry.ts";

/** The feed as its readers know it. */
export interface SourceFeed {
  /** ASCII slug. */
  readonly slug: string;
  readonly title: string;
  readonly link?: string;
}

/** An entry in the form in which readers get it: everything a message may show, and nothing that is still markup. */
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
  /** BCP 47: what the feed says, checked against the script, or what the text looks like. */
  readonly language?: string;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  /** Plain text for a mail. */
  readonly summary: string;
  /** The entry's own description as the feed gives it, HTML and all; only the machine-readable variant carries it. */
  readonly description?: string;
  /** Sent before with another text; readers are told so. */
  readonly revised?: true;
}

/** What one digest, or the closing message of a flood, tells of: the alerts shown, newest first, and how many more there are. */
export interface Digest {
  readonly shown: readonly Alert[];
  /** Entries that are only counted. */
  readonly more: number;
  /** Entries of the same snapshot that went out one by one before this message; 0 in a plain digest. */
  readonly before: number;
  /** The feed of the snapshot, for the subject and for the link beside the count. */
  readonly source: SourceFeed;
}

export type MessageKind = "alert" | "digest";

/** What was shortened or left out of an SMS. Titles that a digest counts as `+N` have not given way. */
export type GaveWay =
  | "summary shortened"
  | "summary left out"
  | "feed left out"
  | "title shortened"
  | "date left out"
  | "title left out"
  | "link left out"
  | "titles left out"
  | "heading left out";

/** One SMS, with what it costs. */
export interface Sms {
  readonly text: string;
  readonly encoding: "GSM-7" | "UCS-2";
  /** The topic's `NAME> ` prefix counted. */
  readonly parts: number;
  /** The characters that force UCS-2, each once. */
  readonly forcing: readonly string[];
  /** What gave way so that the text fits its budget, in order; empty where nothing did. */
  readonly gaveWay: readonly GaveWay[];
}

/** One publish to one topic, complete in every channel. */
export interface Message {
  readonly audience: string;
  readonly kind: MessageKind;
  /** Ledger keys of the entries that it shows. */
  readonly keys: readonly string[];
  /** The entries that it only counts are part of it: once it is accepted, they are sent too. */
  readonly more: number;
  /** One line, under 100 characters in code points and in UTF-16 code units. */
  readonly subject: string;
  readonly email: string;
  readonly sms: Sms;
  /** The machine-readable variant, a JSON text. */
  readonly machine: string;
  /** String attributes; an array becomes a `String.Array`. ASCII only. */
  readonly attributes: Readonly<Record<string, string | readonly string[]>>;
  /** Bytes that count towards SNS's 256 KiB: the whole `Message` with its attributes. */
  readonly bytes: number;
}
