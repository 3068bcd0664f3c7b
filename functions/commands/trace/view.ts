import { wrapText } from "../../console/columns.ts";
import { escapeLine, safeLine, type Paint, type Style } from "../../console/terminal.ts";
import { textWidth } from "../../core/text-width.ts";
import type { Configuration } from "../../core/configuration.ts";
import { localMinute } from "../../console/local-minute.ts";
import type { AudienceFate } from "./fates.ts";
import type { TracedEntry } from "./trace-found.ts";

const styles = {
  sent: "green",
  outbox: "yellow",
  waiting: "yellow",
  quarantined: "red",
  dropped: "red",
  skipped: "dim",
  unknown: "dim",
} as const satisfies Record<AudienceFate["fate"], string>;

interface Row {
  readonly label: string;
  readonly value: string | undefined;
  /** The start of the value, with its style. */
  readonly state?: { readonly text: string; readonly style: Style };
}

/** An entry, a row for what is known of it, and one for each audience. Rows that are too wide continue under their value. */
export function viewTrace(
  traced: TracedEntry,
  configuration: Configuration,
  { paint, width }: { readonly paint: Paint; readonly width?: number | undefined },
): string {
  const { feed, title, link, claim, snapshot, decided, audiences } = traced;
  const version = snapshot?.versionId === undefined ? "" : ` version ${snapshot.versionId}`;
  const rows: readonly Row[] = [
    { label: "link", value: link && safeLine(link) },
    { label: "snapshot", value: snapshot && `${escapeLine(snapshot.key)}${version}` },
    { label: "claim", value: claim && `${claim.id}, ${claim.state}` },
    { label: "decided", value: decided && toSeconds(decided) },
    ...audiences.map((fate) => ({ label: fate.audience, ...fateInWords(fate, configuration) })),
  ];
  const known = rows.filter(({ value }) => value !== undefined);
  const labels = Math.max(...known.map(({ label }) => label.length));
  const lines = known.flatMap(({ label, value = "", state }) => {
    const start = `  ${label.padEnd(labels)}  `;
    const [first = "", ...rest] = wrapText(value, width, { start });
    // The escape sequences of a style would count as columns.
    return [state ? first.replace(state.text, () => paint(state.style, state.text)) : first, ...rest];
  });
  const [head = "", ...more] = wrapText(safeLine(title ?? traced.key), width, { indent: 2 });
  const last = more.at(-1) ?? head;
  const heading = [head, ...more].map((line) => paint("bold", line));
  const isWide = width !== undefined && textWidth(last) + 2 + feed.length > width;
  return [
    ...heading.slice(0, -1),
    ...withFeed(heading.at(-1) ?? "", paint("dim", feed), isWide),
    ...lines,
  ].join("\n");
}

/** A sent mark has whole seconds: with milliseconds an entry would be decided after it was sent. */
const toSeconds = (time: string): string => time.replace(/\.\d+Z$/, "Z");

const withFeed = (line: string, feed: string, isWide: boolean): readonly string[] =>
  isWide ? [line, `  ${feed}`] : [`${line}  ${feed}`];

function fateInWords(fate: AudienceFate, configuration: Configuration): Omit<Row, "label"> {
  const { message, at, why, isCounted } = fate;
  const timeZone =
    configuration.audiences.find(({ name }) => name === fate.audience)?.timeZone ??
    configuration.audiences[0]?.timeZone;
  const when =
    at === undefined
      ? ""
      : fate.fate === "waiting"
        ? ` for ${localMinute(Date.parse(at), timeZone)}`
        : ` ${toSeconds(at)}`;
  const names = { outbox: "in the outbox, not sent" } as Readonly<Partial<Record<string, string>>>;
  const state = { text: names[fate.fate] ?? fate.fate, style: styles[fate.fate] };
  const shown = message && `${message.kind} ${message.id} “${safeLine(message.subject)}”`;
  const accepted = message?.acceptedAs && `SNS message ${safeLine(message.acceptedAs)}`;
  const counts = isCounted ? "counted there, not shown" : undefined;
  const parts = [`${state.text}${when}`, shown, accepted, counts, why && safeLine(why)];
  return { value: parts.filter((part) => part !== undefined).join("; "), state };
}
