import type { Configuration } from "../core/configuration.ts";
import { wrapLine } from "../core/message/email/wrap.ts";
import type { EntryFate, EntryTrace } from "../core/ports.ts";
import { escapeLine, safeLine, safeText, table, type Paint, type Style } from "../console/terminal.ts";
import {
  contentOf,
  entryRows,
  machineRows,
  mailRows,
  sizeOf,
  smsRows,
  storyRows,
  summaryOf,
  timeOf,
  windows,
} from "../preview/facts.ts";
import { placesIn, type EntryPlace } from "../preview/places.ts";
import type { Preview, PreviewMessage } from "../preview/run.ts";

/** A preview for a terminal, in pieces. */
export function* viewPreview(
  file: string,
  { outcome, entries, messages }: Preview,
  configuration: Configuration,
  paint: Paint,
): Generator<string> {
  const { feed } = outcome;
  yield lines([`${paint("bold", escapeLine(file))}, feed ${safeLine(feed)}`]);
  const placesOf = placesIn(messages);
  for (const [i, entry] of entries.entries())
    yield lines(["", ...viewEntry(entry, i + 1, placesOf(entry), paint)]);
  for (const [i, message] of messages.entries())
    yield lines([
      "",
      ...viewMessage(message, `Message ${i + 1} of ${messages.length}`, { configuration, entries }, paint),
    ]);
  yield lines(["", summaryOf({ outcome, entries, messages })]);
}

const lines = (list: readonly string[]): string => list.map((line) => `${line}\n`).join("");

const styles: Readonly<Record<EntryFate, Style>> = {
  sent: "green",
  known: "dim",
  skipped: "yellow",
  held: "yellow",
  rejected: "red",
};

function viewEntry(entry: EntryTrace, number: number, places: readonly EntryPlace[], paint: Paint) {
  const { title, fate } = entry;
  return [
    `${number}. ${paint(styles[fate], fate)}  ${title === "" ? "(no title)" : paint("bold", safeLine(title))}`,
    ...table(entryRows(entry, places), "   "),
  ];
}

function viewMessage(
  message: PreviewMessage,
  heading: string,
  {
    configuration,
    entries,
  }: { readonly configuration: Configuration; readonly entries: readonly EntryTrace[] },
  paint: Paint,
): string[] {
  return [
    paint("bold", `${heading}: ${contentOf(message)}`),
    `  sent at ${timeOf(message, configuration)}`,
    `  ${sizeOf(message)}`,
    ...table(storyRows(message, entries), "  "),
    `  ${paint("cyan", "email")}`,
    ...table(mailRows(message), "    "),
    ...windows.flatMap((width) => [
      `    in a window of ${width} columns:`,
      ...quoted(
        safeText(message.email)
          .split("\n")
          .flatMap((line) => wrapLine(line, width))
          .join("\n"),
        paint,
      ),
    ]),
    `  ${paint("cyan", "sms")}`,
    ...table(smsRows(message, configuration), "    "),
    ...quoted(message.sms.text, paint),
    `  ${paint("cyan", "https, sqs, lambda, firehose")}`,
    ...table(machineRows(message), "    "),
    ...quoted(message.machine, paint),
  ];
}

const quoted = (text: string, paint: Paint): string[] =>
  safeText(text)
    .trimEnd()
    .split("\n")
    .map((line) => `    ${paint("dim", "│")} ${line}`.trimEnd());
