import { escapeLine } from "../console/terminal.ts";
import type { Configuration } from "../core/configuration.ts";
import type { EntryTrace } from "../core/ports.ts";
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
  type Row,
} from "./facts.ts";
import { placesIn, type EntryPlace } from "./places.ts";
import { pageStyle } from "./style.ts";
import type { Preview, PreviewMessage } from "./run.ts";

const references: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as HTML: no character of it is markup. Control characters, which HTML does not allow, become U+FFFD. */
const text = (value: string): string =>
  value
    .toWellFormed()
    .replace(/[\p{Noncharacter_Code_Point}]|(?!\n)\p{Cc}/gu, "\uFFFD")
    .replace(/[&<>"']/g, (character) => references[character] ?? "");

/**
 * A preview as one HTML page, in pieces. The page is complete: it has no script and loads nothing, which its
 * Content-Security-Policy also forbids. Every text of the feed and of the configuration is escaped.
 */
export function* previewPage(
  file: string,
  preview: Preview,
  configuration: Configuration,
): Generator<string> {
  const { outcome, entries, messages, reasons } = preview;
  const placesOf = placesIn(messages);
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Preview of ${text(escapeLine(file))}</title>
<style>${pageStyle}</style>
</head>
<body>
<h1>${text(escapeLine(file))}</h1>
<p>Feed ${text(escapeLine(outcome.feed))}: ${text(summaryOf(preview))}</p>
`;
  for (const { code, found, expected } of reasons)
    yield `<p class="reason"><strong>Quarantined: ${text(code)}</strong> Found ${text(found)}; expected ${text(expected)}.</p>\n`;
  if (messages.length > 0) yield "<h2>Messages</h2>\n";
  for (const [index, message] of messages.entries())
    yield messageSection(message, `${index + 1} of ${messages.length}`, { configuration, entries });
  if (entries.length > 0) yield "<h2>Entries</h2>\n<ol>\n";
  for (const entry of entries) yield entryItem(entry, placesOf(entry));
  if (entries.length > 0) yield "</ol>\n";
  yield "</body>\n</html>\n";
}

const facts = (rows: readonly Row[]): string =>
  rows.length === 0
    ? ""
    : `<dl>${rows
        .filter(([, value]) => value !== undefined)
        .map(([label, value = ""]) => `<div><dt>${text(label)}</dt><dd>${text(value)}</dd></div>`)
        .join("")}</dl>`;

/** Plain text as a mail program or a telephone shows it: each line is a paragraph with a direction of its own (UAX #9, P1). */
const plainLines = (value: string): string =>
  value
    .trimEnd()
    .split("\n")
    .map((line) => `<p dir="auto">${line === "" ? "&nbsp;" : text(line)}</p>`)
    .join("");

function messageSection(
  message: PreviewMessage,
  number: string,
  {
    configuration,
    entries,
  }: { readonly configuration: Configuration; readonly entries: readonly EntryTrace[] },
): string {
  const mails = windows.map(
    (width) =>
      `<figure><figcaption>${width} columns</figcaption><div class="mail" style="width:${width}ch">${plainLines(message.email)}</div></figure>`,
  );
  return `<section>
<h3>${text(`Message ${number}: ${contentOf(message)}`)}</h3>
<p class="soft">Sent at ${text(timeOf(message, configuration))}; ${text(sizeOf(message))}</p>
${facts(storyRows(message, entries))}
<h4>Mail</h4>
${facts(mailRows(message))}
<div class="windows">${mails.join("")}</div>
<h4>SMS</h4>
${facts(smsRows(message, configuration))}
<div class="sms">${plainLines(message.sms.text)}</div>
<details><summary>https, sqs, lambda, firehose</summary>
${facts(machineRows(message))}
<pre>${text(JSON.stringify(JSON.parse(message.machine), undefined, 2))}</pre>
</details>
</section>
`;
}

function entryItem(entry: EntryTrace, places: readonly EntryPlace[]): string {
  const { title, fate } = entry;
  return `<li><span class="fate ${fate}">${fate}</span> <bdi>${title === "" ? "(no title)" : text(title)}</bdi>${facts(entryRows(entry, places))}</li>\n`;
}
