import type { Configuration } from "../core/configuration.ts";
import { price, smsPrefix, type Message } from "../core/message/index.ts";
import { channelLimits } from "../core/message/channel-limits.ts";
import { wrapLine } from "../core/message/email/wrap.ts";
import type { EntryFate, EntryTrace, EntryStage } from "../core/ports.ts";
import { placesIn, type EntryPlace } from "./preview-places.ts";
import type { Preview } from "./preview-run.ts";
import {
  counted,
  escapeLine,
  hiddenIn,
  safeLine,
  safeText,
  table,
  type Paint,
  type Style,
} from "../console/terminal.ts";

/** A preview for a terminal, in pieces. */
export function* viewPreview(
  file: string,
  { outcome, entries, messages }: Preview,
  configuration: Configuration,
  paint: Paint,
): Generator<string> {
  const { feed, counts } = outcome;
  yield lines([`${paint("bold", escapeLine(file))}, feed ${safeLine(feed)}`]);
  const placesOf = placesIn(messages);
  for (const [i, entry] of entries.entries())
    yield lines(["", ...viewEntry(entry, i + 1, placesOf(entry), paint)]);
  for (const [i, message] of messages.entries())
    yield lines([
      "",
      ...viewMessage(message, `Message ${i + 1} of ${messages.length}`, configuration, paint),
    ]);
  const { new: sent, known, skipped, held, rejected } = counts;
  const fates = [
    `${sent} sent`,
    `${known} known`,
    `${skipped} skipped`,
    ...(held > 0 ? [`${held} held`] : []),
    `${rejected} rejected`,
  ];
  yield lines([
    "",
    `${counted(entries.length, "entry", "entries")} (${fates.join(", ")}), ${counted(messages.length, "message", "messages")}`,
  ]);
}

const lines = (list: readonly string[]): string => list.map((line) => `${line}\n`).join("");

const styles: Readonly<Record<EntryFate, Style>> = {
  sent: "green",
  known: "dim",
  skipped: "yellow",
  held: "yellow",
  rejected: "red",
};

const stageNames: Readonly<Record<EntryStage["stage"], string>> = {
  read: "read",
  recognise: "recognised",
  route: "audiences",
};

function viewEntry(
  { title, fate, stages }: EntryTrace,
  number: number,
  places: readonly EntryPlace[],
  paint: Paint,
) {
  const shownIn = places.map(({ audience, message }) =>
    message === undefined ? `${audience}: counted in its last message` : `${audience}: in message ${message}`,
  );
  return [
    `${number}. ${paint(styles[fate], fate)}  ${title === "" ? "(no title)" : paint("bold", safeLine(title))}`,
    ...table(
      [
        ...stages.map(({ stage, says }) => [stageNames[stage], safeLine(says)] as const),
        ["shown", shownIn.length > 0 ? shownIn.join("; ") : undefined],
      ],
      "   ",
    ),
  ];
}

function viewMessage(
  message: Message,
  heading: string,
  configuration: Configuration,
  paint: Paint,
): string[] {
  const { audience, kind, keys, more, bytes } = message;
  const content = `${counted(keys.length, "entry", "entries")}${more > 0 ? ` shown, ${more} counted` : ""}`;
  return [
    paint("bold", `${heading}: ${kind} to ${audience}, ${content}`),
    `  ${bytes.toLocaleString("en")} of ${channelLimits.messageBytes.toLocaleString("en")} bytes, all channels and attributes`,
    ...viewMail(message, paint),
    ...viewSms(message, configuration, paint),
    ...viewMachine(message, paint),
  ];
}

/** Columns of the windows in which a mail is shown: a telephone, and a terminal or a quoted reply. */
const windows = [36, 76];

function viewMail({ subject, email }: Message, paint: Paint): string[] {
  const points = Array.from(subject).length;
  const units = points === subject.length ? "" : ` (${subject.length} UTF-16 units)`;
  return [
    `  ${paint("cyan", "email")}`,
    ...table(
      [
        ["subject", safeLine(subject)],
        ["length", `${points} characters${units}, at most 99`],
        ["body", `${measured(email)}${notShown(subject + email)}`],
      ],
      "    ",
    ),
    ...windows.flatMap((width) => [
      `    in a window of ${width} columns:`,
      ...quoted(
        safeText(email)
          .split("\n")
          .flatMap((line) => wrapLine(line, width))
          .join("\n"),
        paint,
      ),
    ]),
  ];
}

function viewSms({ sms, audience: name }: Message, configuration: Configuration, paint: Paint): string[] {
  const { text, encoding, parts, forcing, omissions } = sms;
  const audience = configuration.audiences.find((audience) => audience.name === name);
  const prefix = smsPrefix(audience?.displayName);
  const dollars = price(sms, configuration.smsPartPrice)
    .toFixed(4)
    .replace(/0{1,2}$/, "");
  return [
    `  ${paint("cyan", "sms")}`,
    ...table(
      [
        ["encoding", encoding],
        ["parts", `${parts}${prefix === "" ? "" : `, with the prefix ‘${safeLine(prefix)}’ that SNS adds`}`],
        ["price", `about ${dollars} USD per telephone number`],
        ["forcing UCS-2", forcing.length > 0 ? safeLine(forcing.join(" ")) : undefined],
        ["to fit", omissions.length > 0 ? omissions.join(", ") : undefined],
        ["text", `${text.length} characters${notShown(text)}`],
      ],
      "    ",
    ),
    ...quoted(text, paint),
  ];
}

function viewMachine({ machine, attributes }: Message, paint: Paint): string[] {
  const attribute = ([name, value]: [string, string | readonly string[]]) =>
    `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`;
  return [
    `  ${paint("cyan", "https, sqs, lambda, firehose")}`,
    ...table(
      [
        ["attributes", safeLine(Object.entries(attributes).map(attribute).join(" "))],
        ["body", `${measured(machine)} of JSON`],
      ],
      "    ",
    ),
    ...quoted(machine, paint),
  ];
}

const measured = (text: string): string =>
  `${Array.from(text).length.toLocaleString("en")} characters, ${Buffer.byteLength(text).toLocaleString("en")} bytes`;

function notShown(text: string): string {
  const hidden = hiddenIn(text);
  return hidden === 0 ? "" : `, ${counted(hidden, "direction mark", "direction marks")} not shown here`;
}

const quoted = (text: string, paint: Paint): string[] =>
  safeText(text)
    .trimEnd()
    .split("\n")
    .map((line) => `    ${paint("dim", "│")} ${line}`.trimEnd());
