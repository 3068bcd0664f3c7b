import { dateOf, languageOf } from "../message/alert.ts";
import type { Decided } from "../dedupe/claim.ts";
import type { Entry, Reject } from "../feed/entry.ts";
import type { EntryFate, EntryNote, EntryStage } from "../ports.ts";

/** What became of an entry, stage by stage. `passedOver` tells why audiences do not get it. */
export function noteOf(outcome: Decided, entry: Entry, passedOver: readonly string[]): EntryNote {
  const due = outcome.state === "open" ? outcome.audiences : [];
  // What was known before was judged when it was new.
  const isNew = outcome.state === "open" || (outcome.state === "known" && outcome.fresh);
  const decided: EntryStage[] = [
    { stage: "recognise", says: recognised(outcome) },
    ...(due.length > 0 ? [{ stage: "choose", says: `due to ${due.join(", ")}` } as const] : []),
    ...(isNew ? passedOver : []).map((says): EntryStage => ({ stage: "choose", says })),
  ];
  return {
    key: outcome.item.key,
    title: entry.title,
    fate: fateOf(outcome),
    why: decided.map(({ says }) => says).join("; "),
    stages: [{ stage: "read", says: readAs(entry) }, ...decided],
    due,
  };
}

/** The same of an entry that can't become an alert; its place in the snapshot stands for a key. */
export function noteOfReject({ index, title, code, reason }: Reject): EntryNote {
  const why = `${code}: ${reason}`;
  const stages = [{ stage: "read", says: why }] as const;
  return { key: String(index), title: title ?? "", fate: "rejected", why, stages, due: [] };
}

function fateOf(outcome: Decided): EntryFate {
  if (outcome.state === "open") return "sent";
  if (outcome.state === "held") return "held";
  return outcome.item.due.length === 0 ? "passed over" : "known";
}

function recognised(outcome: Decided): string {
  if (outcome.state === "held") return `another run has it until ${new Date(outcome.until).toISOString()}`;
  if (outcome.state === "open") return outcome.revised ? "its text has changed" : "it is new";
  const wasPassedOver = !outcome.fresh && outcome.item.due.length === 0;
  return wasPassedOver ? "no audience wanted it when it was new" : outcome.why;
}

function readAs(entry: Entry): string {
  const date = entry.dateNote?.day ?? dateOf(entry);
  const from = entry.dateNote?.inferredFrom;
  const dated = `${entry.dateSource} ${date}${from === undefined ? "" : ` (from ${from})`}`;
  return [
    date === undefined ? "without a date" : dated,
    linkOrigin(entry),
    `language ${languageOf(entry) ?? "unknown"}`,
  ].join(", ");
}

function linkOrigin({ link, linkSource }: Entry): string {
  if (link === undefined) return "without a link";
  if (linkSource === undefined) return "with its link";
  const origins = {
    enclosure: "its enclosure",
    media: "its media file",
    feed: "the feed's page",
    id: "its id",
  };
  return `with ${origins[linkSource]} as its link`;
}
