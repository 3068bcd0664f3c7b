import { counted, hiddenIn, safeLine } from "../console/terminal.ts";
import type { Configuration } from "../core/configuration.ts";
import { channelLimits } from "../core/message/channel-limits.ts";
import { limits as mail } from "../core/message/email/mail-limits.ts";
import { price, smsPrefix, type Message } from "../core/message/index.ts";
import type { SmsCandidate } from "../core/message/message.ts";
import type { EntryStage, EntryTrace } from "../core/ports.ts";
import { localMinute } from "../console/local-minute.ts";
import type { EntryPlace } from "./places.ts";
import type { Preview, PreviewMessage } from "./run.ts";

/** A label and its value, each one safe line; rows without a value are skipped. */
export type Row = readonly [label: string, value: string | undefined];

/** Columns of the windows in which a mail is shown: a telephone, and a terminal or a quoted reply. */
export const windows: readonly number[] = [36, 76];

const stageNames: Readonly<Record<EntryStage["stage"], string>> = {
  read: "read",
  recognise: "recognised",
  route: "routed",
};

/** What happened to an entry, stage by stage, and the messages that show it. */
export function entryRows({ stages }: EntryTrace, places: readonly EntryPlace[]): readonly Row[] {
  const shownIn = places.map(({ audience, message }) =>
    message === undefined ? `${audience}: counted in its last message` : `${audience}: in message ${message}`,
  );
  return [
    ...stages.map(({ stage, says }) => [stageNames[stage], safeLine(says)] as const),
    ["shown", shownIn.length > 0 ? shownIn.join("; ") : undefined],
  ];
}

/** Kind, audience and number of entries of a message. */
export function contentOf({ audience, kind, keys, more }: Message): string {
  const content = `${counted(keys.length, "entry", "entries")}${more > 0 ? ` shown, ${more} counted` : ""}`;
  return `${kind} to ${audience}, ${content}`;
}

/** The entries of a message that share a place because they report one story. */
export function storyRows({ merged = [] }: Message, entries: readonly EntryTrace[]): readonly Row[] {
  const numbers = new Map(entries.map(({ key }, index) => [key, index]));
  const named = (key: string): string => {
    const index = numbers.get(key) ?? -1;
    return `entry ${index + 1} ‘${safeLine(entries[index]?.title ?? key)}’`;
  };
  return merged.map(([shown = "", ...others]) => [
    "one story",
    `${named(shown)}; in its Also line ${others.map(named).join(", ")}`,
  ]);
}

export const sizeOf = ({ bytes }: Message): string =>
  `${bytes.toLocaleString("en")} of ${channelLimits.messageBytes.toLocaleString("en")} bytes, all channels and attributes`;

/** When a message goes out: `2026-03-10 07:00 Asia/Shanghai`. */
export function timeOf({ at, audience: name }: PreviewMessage, { audiences }: Configuration): string {
  const audience = audiences.find((audience) => audience.name === name);
  return localMinute(Date.parse(at), audience?.timeZone);
}

export function mailRows({ subject, email }: Message): readonly Row[] {
  const points = Array.from(subject).length;
  const units = points === subject.length ? "" : ` (${subject.length} UTF-16 units)`;
  return [
    ["subject", safeLine(subject)],
    ["length", `${points} characters${units}, at most ${mail.subject}`],
    ["body", `${measured(email)}${marksIn(subject + email)}`],
  ];
}

export function smsRows({ sms, audience: name }: Message, configuration: Configuration): readonly Row[] {
  const { text, encoding, parts, forcing, omissions, candidates } = sms;
  const audience = configuration.audiences.find((audience) => audience.name === name);
  const prefix = smsPrefix(audience?.displayName);
  const dollars = price(sms, configuration.smsPartPrice)
    .toFixed(4)
    .replace(/0{1,2}$/, "");
  return [
    ["encoding", encoding],
    ["parts", `${parts}${prefix === "" ? "" : `, with the prefix ‘${safeLine(prefix)}’ that SNS adds`}`],
    ["price", `about ${dollars} USD per telephone number`],
    ["forcing UCS-2", forcing.length > 0 ? safeLine(forcing.join(" ")) : undefined],
    ["to fit", omissions.length > 0 ? omissions.join(", ") : undefined],
    ...candidates.slice(1).map((candidate): Row => ["not chosen", candidateFacts(candidate)]),
    ["text", `${text.length} characters${marksIn(text)}`],
  ];
}

/** A way of writing an SMS that was not chosen, and why. */
function candidateFacts({ encoding, folded, parts, worse = "" }: SmsCandidate): string {
  const way = folded ? `${encoding} without accents and emoji` : encoding;
  return `${way}, ${counted(parts, "part", "parts")} (${worse})`;
}

export function machineRows({ machine, attributes }: Message): readonly Row[] {
  const attribute = ([name, value]: [string, string | readonly string[]]) =>
    `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`;
  return [
    ["attributes", safeLine(Object.entries(attributes).map(attribute).join(" "))],
    ["body", `${measured(machine)} of JSON`],
  ];
}

/** Numbers of entries by fate, and of messages. */
export function summaryOf({ outcome, entries, messages }: Omit<Preview, "reasons">): string {
  const { new: sent, known, skipped, held, rejected } = outcome.counts;
  const fates = [
    `${sent} sent`,
    `${known} known`,
    `${skipped} skipped`,
    ...(held > 0 ? [`${held} held`] : []),
    `${rejected} rejected`,
  ];
  return `${counted(entries.length, "entry", "entries")} (${fates.join(", ")}), ${counted(messages.length, "message", "messages")}`;
}

const measured = (text: string): string =>
  `${Array.from(text).length.toLocaleString("en")} characters, ${Buffer.byteLength(text).toLocaleString("en")} bytes`;

function marksIn(text: string): string {
  const hidden = hiddenIn(text);
  return hidden === 0 ? "" : `, ${counted(hidden, "direction mark", "direction marks")}`;
}
