import type { DateNote } from "../../feed/entry.ts";
import { withoutCredentials } from "../../feed/text/links.ts";
import { escapeUnsafe } from "../../feed/text/unsafe-characters.ts";
import { originalLink } from "../headline.ts";
import { reportsOf } from "../reports-of.ts";
import type { Alert, MessageKind, SourceFeed } from "../message.ts";

/** Version of the format in `machine.schema.json`; incremented with every change. */
const machineVersion = 3;

/**
 * Limits of each field in UTF-16 code units. Escaped twice, as JSON within JSON, a code unit takes at most 7 bytes, so
 * one entry always fits one message. Links have the limit of `headline.ts`.
 */
export const limits = {
  title: 1_000,
  id: 1_000,
  summary: 2_000,
  description: 4_000,
  author: 100,
  authors: 20,
  category: 60,
  categories: 50,
  note: 100,
} as const;

export interface MachineText {
  readonly kind: MessageKind;
  readonly audience: string;
  /** The feed of the snapshot. */
  readonly source: SourceFeed;
  /** Each is followed by the reports in its Also line. */
  readonly alerts: readonly Alert[];
  /** Omit descriptions, so that a digest needs fewer messages. */
  readonly brief?: boolean;
  readonly more: number;
  readonly before?: number;
  readonly part?: { readonly number: number; readonly of: number };
}

function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text.toWellFormed();
  return text
    .slice(0, limit)
    .toWellFormed()
    .replace(/\uFFFD$/u, "");
}

function machineNote({ inferredFrom, assumedZone, day, future }: DateNote = {}): object {
  const note = {
    ...(inferredFrom === undefined ? {} : { inferredFrom: shorten(inferredFrom, limits.note) }),
    ...(assumedZone === undefined || day !== undefined
      ? {}
      : { assumedZone: shorten(assumedZone, limits.note) }),
    ...(future === undefined ? {} : { future }),
  };
  return Object.keys(note).length === 0 ? {} : { dateNote: note };
}

function machineAudio({ audio }: Alert): object {
  const link = originalLink(audio?.link);
  if (link === undefined) return {};
  return { audio: { link, ...(audio?.seconds !== undefined && { seconds: audio.seconds }) } };
}

/**
 * One entry as the schema defines it, with the names of shortened and omitted fields. `brief` omits the description.
 * `story`: key of the entry that the message shows; it is named for a report in the Also line of another one.
 */
export function machineEntry(
  alert: Alert,
  { brief = false, story }: { readonly brief?: boolean; readonly story?: string } = {},
): Readonly<Record<string, unknown>> {
  const shortened: string[] = [];
  const omitted: string[] = [];
  const text = (name: "id" | "title" | "summary" | "description", value: string | undefined): object => {
    if (value === undefined) return {};
    if (value.length > limits[name]) shortened.push(name);
    return { [name]: shorten(value, limits[name]) };
  };
  const list = (name: "authors" | "categories", each: number): object => {
    const values = alert[name].slice(0, limits[name]);
    if (values.length < alert[name].length || values.some((value) => value.length > each))
      shortened.push(name);
    return { [name]: values.map((value) => shorten(value, each)) };
  };
  const link = originalLink(alert.link);
  if (link === undefined && alert.link !== undefined && alert.link !== "") omitted.push("link");
  if (brief && alert.description !== undefined) omitted.push("description");
  const date = (name: "date" | "published" | "updated"): object => {
    const value = alert[name];
    if (value === undefined) return {};
    // For a day without a time the feed reader chose the instant.
    const day = Date.parse(value) === Date.parse(alert.date ?? "") ? alert.dateNote?.day : undefined;
    return { [name]: shorten(day ?? value, limits.note) };
  };
  return {
    key: alert.key,
    ...(story === undefined || story === alert.key ? {} : { story }),
    feed: alert.source.slug,
    ...text("id", alert.id === undefined ? undefined : withoutCredentials(alert.id)),
    ...text("title", alert.title),
    ...(link === undefined ? {} : { link }),
    ...(link === undefined || alert.linkSource === undefined ? {} : { linkSource: alert.linkSource }),
    ...date("date"),
    ...date("published"),
    ...date("updated"),
    dateSource: alert.dateSource,
    ...machineNote(alert.dateNote),
    ...(alert.language === undefined ? {} : { language: shorten(alert.language, limits.note) }),
    ...list("authors", limits.author),
    ...list("categories", limits.category),
    ...text("summary", alert.summary),
    ...machineAudio(alert),
    ...text("description", brief ? undefined : alert.description),
    ...(alert.revised === true ? { revised: true } : {}),
    ...(shortened.length === 0 ? {} : { shortened }),
    ...(omitted.length === 0 ? {} : { omitted }),
  };
}

/** A feed as the schema defines it. */
export function machineFeed(source: SourceFeed): Readonly<Record<string, unknown>> {
  const link = originalLink(source.link);
  return {
    slug: source.slug,
    title: shorten(source.title, limits.title),
    ...(link === undefined ? {} : { link }),
  };
}

/** JSON with every unsafe character escaped. */
export function machineJson(value: unknown): string {
  return escapeUnsafe(JSON.stringify(value));
}

/** The machine-readable variant of a message, as `machine.schema.json` defines it: all fields of the entries except their content. */
export function machineText(message: MachineText): string {
  const feeds = new Map(
    [message.source, ...message.alerts.flatMap(reportsOf).map((report) => report.source)].map((s) => [
      s.slug,
      s,
    ]),
  );
  return machineJson({
    format: "feedbell",
    version: machineVersion,
    kind: message.kind,
    audience: message.audience,
    feeds: [...feeds.values()].map(machineFeed),
    entries: message.alerts.flatMap((alert) =>
      reportsOf(alert).map((report) =>
        machineEntry(report, { brief: message.brief ?? false, story: alert.key }),
      ),
    ),
    more: message.more,
    ...(message.before === undefined ? {} : { before: message.before }),
    ...(message.part === undefined ? {} : { part: message.part }),
  });
}
