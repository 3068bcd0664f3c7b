import { escapeLine, safeLine, table, type Paint } from "../../console/terminal.ts";
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

/** An entry, a row for what is known of it, and one for each audience. */
export function viewTrace(traced: TracedEntry, configuration: Configuration, paint: Paint): string {
  const { feed, title, link, claim, snapshot, decided, audiences } = traced;
  const version = snapshot?.versionId === undefined ? "" : ` version ${snapshot.versionId}`;
  const facts = table(
    [
      ["link", link && safeLine(link)],
      ["snapshot", snapshot && `${escapeLine(snapshot.key)}${version}`],
      ["claim", claim && `${claim.id}, ${claim.state}`],
      ["decided", decided],
      ...audiences.map((fate) => [fate.audience, fateInWords(fate, configuration, paint)] as const),
    ],
    "  ",
  );
  return [`${paint("bold", safeLine(title ?? traced.key))}  ${paint("dim", feed)}`, ...facts].join("\n");
}

function fateInWords(fate: AudienceFate, configuration: Configuration, paint: Paint): string {
  const { message, at, why, isCounted } = fate;
  const timeZone =
    configuration.audiences.find(({ name }) => name === fate.audience)?.timeZone ??
    configuration.audiences[0]?.timeZone;
  const when =
    at === undefined
      ? ""
      : fate.fate === "waiting"
        ? ` for ${localMinute(Date.parse(at), timeZone)}`
        : ` ${at}`;
  const names = { outbox: "in the outbox, not sent" } as Readonly<Partial<Record<string, string>>>;
  const state = `${paint(styles[fate.fate], names[fate.fate] ?? fate.fate)}${when}`;
  const shown = message && `${message.kind} ${message.id} “${safeLine(message.subject)}”`;
  const accepted = message?.acceptedAs && `SNS message ${safeLine(message.acceptedAs)}`;
  const counts = isCounted ? "counted there, not shown" : undefined;
  return [state, shown, accepted, counts, why && safeLine(why)]
    .filter((part) => part !== undefined)
    .join("; ");
}
