import type { DecidedClaim } from "../dedupe/candidate.ts";
import type { Entry, Reject } from "../feed/entry.ts";
import { dateOf } from "../feed/shown-date.ts";
import { languageOf } from "../summary/language/entry-language.ts";
import type { EntryFate, EntryStage, EntryTrace } from "../ports.ts";
import type { Routed } from "./route.ts";
import { describeVerdict } from "./rules.ts";

/** What happened to an entry, stage by stage. */
export function traceOf(result: DecidedClaim, entry: Entry, { decisions }: Routed): EntryTrace {
  const due = result.state === "claimed" ? result.audiences : [];
  // The rules were applied to a known entry when it was new.
  const isNew = result.state === "claimed";
  const decided: EntryStage[] = [
    { stage: "recognise", says: recognised(result) },
    ...(due.length > 0 ? [{ stage: "route", says: `to ${due.join(", ")}` } as const] : []),
    ...(isNew ? decisions : []).map(({ audience, verdict }): EntryStage => ({
      stage: "route",
      says: `${audience}: ${describeVerdict(verdict)}`,
    })),
  ];
  return {
    key: result.key,
    title: entry.title,
    fate: fateOf(result),
    why: decided.map(({ says }) => says).join("; "),
    stages: [{ stage: "read", says: readAs(entry) }, ...decided],
    due,
  };
}

/** The same for an entry that can't become an alert; its place in the snapshot serves as its key. */
export function traceOfReject({ index, title, code, reason }: Reject): EntryTrace {
  const why = `${code}: ${reason}`;
  const stages = [{ stage: "read", says: why }] as const;
  return { key: String(index), title: title ?? "", fate: "rejected", why, stages, due: [] };
}

function fateOf(result: DecidedClaim): EntryFate {
  if (result.state !== "claimed") return result.state;
  return result.audiences.length === 0 ? "skipped" : "sent";
}

function recognised(result: DecidedClaim): string {
  if (result.state === "held") return `another run has it until ${new Date(result.until).toISOString()}`;
  if (result.state === "known") return result.why;
  return result.revised ? "its text has changed" : "it is new";
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
