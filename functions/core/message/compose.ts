import type { Audience } from "../configuration.ts";
import {
  type DigestItem,
  type DigestPart,
  digestItem,
  digestMail,
  digestSubject,
  feedsOf,
} from "./email/digest-email.ts";
import { alertMail, alertSubject } from "./email/alert-email.ts";
import { machineEntry, machineFeed, machineJson, machineText } from "./machine/machine.ts";
import type { Alert, Digest, Message, SourceFeed } from "./message.ts";
import { alertSms } from "./sms/alert-sms.ts";
import { withStopNote } from "./sms/stop-note.ts";
import { digestSms } from "./sms/digest-sms.ts";
import { commonCategories } from "./telling-categories.ts";
import { mergeStories } from "./merge-stories.ts";
import { reportsOf } from "./reports-of.ts";
import { inOrder } from "./order.ts";
import { channelLimits, messageBytes, quotedBytes } from "./channel-limits.ts";
import { wordsFor } from "./locales/words.ts";

const unknown = "und";

/** Primary subtag of a BCP 47 tag, for filter policies; `und` where the language is unknown (RFC 5646, 4.1). */
function languageOf(alert: Alert): string {
  const primary = /^[a-z]{2,8}(?=-|$)/iu.exec(alert.language ?? "")?.[0];
  return primary?.toLowerCase() ?? unknown;
}

/** The keys of all reports of the alerts, and those that share a place. */
function keysOf(alerts: readonly Alert[]): Pick<Message, "keys" | "merged"> {
  const keys = alerts.map((alert) => reportsOf(alert).map((report) => report.key));
  const merged = keys.filter((story) => story.length > 1);
  return { keys: keys.flat(), ...(merged.length > 0 && { merged }) };
}

/** The message for one entry, complete for every channel. An entry of any size is shortened until it fits. */
export function composeAlert(alert: Alert, audience: Audience): Message {
  const words = wordsFor(audience.locale);
  const message = {
    audience: audience.name,
    kind: "alert",
    ...keysOf([alert]),
    more: 0,
    subject: alertSubject(alert, words),
    email: alertMail(alert, audience, words),
    sms: withStopNote(alertSms(alert, audience, words), audience, words),
    machine: machineText({
      kind: "alert",
      audience: audience.name,
      source: alert.source,
      alerts: [alert],
      more: 0,
    }),
    attributes: {
      feed: alert.source.slug,
      audience: audience.name,
      kind: "alert",
      language: languageOf(alert),
    },
  } as const;
  return { ...message, bytes: messageBytes(message) };
}

/** Bytes reserved for everything except the entries: headings, SMS, subject and attributes. */
const reserve = 16_384;

/** Upper bound for a feed: its part of the machine-readable variant, its heading, its link and its attribute. */
const feedBytes = (source: SourceFeed): number => 2 * quotedBytes(machineJson(machineFeed(source)));

/** Upper bound for the reports of an alert in the machine-readable variant, and for the feeds of those in its Also line. */
const reportBytes = (alert: Alert, brief: boolean): number =>
  reportsOf(alert).reduce(
    (bytes, report) =>
      bytes +
      quotedBytes(machineJson(machineEntry(report, { brief, story: alert.key }))) +
      (report === alert ? 0 : feedBytes(report.source)),
    0,
  );

/** Splits entries into parts of at most `room` bytes; an entry is never split. */
function split(sizes: readonly number[], room: number): readonly (readonly [number, number])[] {
  const parts: [number, number][] = [];
  let from = 0;
  let bytes = 0;
  for (const [index, size] of sizes.entries()) {
    if (index > from && bytes + size > room) {
      parts.push([from, index]);
      from = index;
      bytes = 0;
    }
    bytes += size;
  }
  return [...parts, [from, sizes.length]];
}

/**
 * The messages for one digest, or for the closing message of a flood: one message, or several parts if the entries do
 * not fit one. Descriptions, which only the machine-readable variant has, are omitted before a second part is needed.
 * Only the last part counts the entries that are not shown. An empty digest has no message.
 */
export function composeDigest(given: Digest, audience: Audience): readonly Message[] {
  if (given.shown.length === 0 && given.more === 0) return [];
  const digest = { ...given, shown: mergeStories(given.shown, audience) };
  const words = wordsFor(audience.locale);
  const alerts = inOrder(digest.shown, audience);
  const isSeveral = feedsOf({ digest }) > 1;
  const common = commonCategories(alerts);
  const items = alerts.map((alert, index) =>
    digestItem(alert, index + 1, { audience, words, isSeveral, common }),
  );
  const room = channelLimits.messageBytes - reserve - 2 * feedBytes(digest.source);
  const sizes = (brief: boolean): readonly number[] =>
    items.map(
      ({ alert, listed, heading, text }, index) =>
        quotedBytes(`${listed}\n${text}`) +
        (heading === items[index - 1]?.heading ? 0 : quotedBytes(heading)) +
        reportBytes(alert, brief) +
        (alert.source.slug === alerts[index - 1]?.source.slug ? 0 : feedBytes(alert.source)),
    );
  const whole = split(sizes(false), room);
  const brief = whole.length > 1;
  const ranges = brief ? split(sizes(true), room) : whole;
  return ranges.map(([from, to], index) => {
    const part: DigestPart = {
      digest,
      alerts: alerts.slice(from, to),
      number: index + 1,
      of: ranges.length,
    };
    return composePart(part, items.slice(from, to), audience, brief);
  });
}

function composePart(
  part: DigestPart,
  items: readonly DigestItem[],
  audience: Audience,
  brief: boolean,
): Message {
  const words = wordsFor(audience.locale);
  const { digest, alerts } = part;
  const reports = alerts.flatMap(reportsOf);
  const more = part.number === part.of ? digest.more : 0;
  const only = digest.shown.length === 1 && digest.more === 0 ? digest.shown[0] : undefined;
  const note = digest.before === 0 ? "" : words.sentBefore(digest.before);
  const message = {
    audience: audience.name,
    kind: "digest",
    ...keysOf(alerts),
    more,
    subject: only === undefined ? digestSubject(part, audience, words) : alertSubject(only, words),
    email:
      only === undefined
        ? digestMail(part, items, { audience, words })
        : alertMail(only, audience, words, note),
    sms: withStopNote(digestSms(part, audience, words), audience, words),
    machine: machineText({
      kind: "digest",
      audience: audience.name,
      source: digest.source,
      alerts,
      brief,
      more,
      before: digest.before,
      part: { number: part.number, of: part.of },
    }),
    attributes: {
      feed: [
        ...new Set([
          ...reports.map((report) => report.source.slug),
          ...(alerts.length === 0 ? [digest.source.slug] : []),
        ]),
      ],
      audience: audience.name,
      kind: "digest",
      language: alerts.length === 0 ? [unknown] : [...new Set(reports.map(languageOf))],
    },
  } as const;
  return { ...message, bytes: messageBytes(message) };
}
