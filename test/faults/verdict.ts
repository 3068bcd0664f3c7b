import type { Aftermath } from "./arena.ts";
import type { Published } from "./calls.ts";
import type { Seen } from "./proxy.ts";
import { marksIn } from "./snapshots.ts";

/** The cases in which a publish that took effect may be repeated. */
export const promisedCases = ["answer lost", "process died", "mark refused"] as const;
export type PromisedCase = (typeof promisedCases)[number];

export interface Verdict {
  /** Entries that an audience neither was shown nor had counted. */
  readonly lost: readonly string[];
  /** Messages that an audience got more than once, by the case that allows it. */
  readonly duplicates: Readonly<Record<PromisedCase, number>>;
  /** Other violations of the promise. */
  readonly broken: readonly string[];
}

interface Accepted extends Published {
  readonly call: Seen;
  readonly marks: readonly string[];
}

/** Compares what each reader received with what the snapshots held, and explains each repetition by the proxy's own record. */
export function judge(expected: (audience: string) => readonly string[], after: Aftermath): Verdict {
  const accepted = after.seen
    .filter(({ accepted }) => accepted.length > 0)
    .flatMap((call) => call.accepted.map((one) => ({ ...one, call, marks: marksIn(one.email) })))
    .toSorted((a, b) => a.call.done - b.call.done);
  const lost: string[] = [];
  const broken = after.unfinished.map((entry) => `${entry} is not done`);
  const duplicates = { "answer lost": 0, "process died": 0, "mark refused": 0 };

  for (const audience of ["alerts", "digest", "daily"]) {
    const due = expected(audience);
    const own = accepted.filter((one) => one.audience === audience);
    const mails = after.mails.filter((mail) => mail.audience === audience);
    const received = mails.map(({ text }) => marksIn(text).join()).toSorted();
    if (
      received.join("\n") !==
      own
        .map(({ marks }) => marks.join())
        .toSorted()
        .join("\n")
    )
      broken.push(`${audience}: ${own.length} messages were accepted, ${mails.length} other mails arrived`);
    const texts = after.texts.filter((text) => text.audience === audience).length;
    if (texts !== own.length)
      broken.push(`${audience}: ${own.length} messages were accepted, ${texts} SMS arrived`);

    const shown = new Set(mails.flatMap(({ text }) => marksIn(text)));
    const missing = due.filter((mark) => !shown.has(mark));
    const counted = mails.map(({ text }) => countIn(text)).reduce((sum, count) => sum + count, 0);
    if (missing.length > counted) lost.push(...missing.map((mark) => `${mark} for ${audience}`));
    for (const mark of shown)
      if (!due.includes(mark)) broken.push(`${mark} was sent and is not due to ${audience}`);

    for (const repeated of Map.groupBy(own, ({ text }) => text).values())
      for (const [i, one] of repeated.slice(0, -1).entries()) {
        const next = repeated[i + 1];
        const why = next && explanation(one, next, after);
        if (why === undefined) broken.push(`${one.keys.join() || "a count"} was repeated for ${audience}`);
        else duplicates[why]++;
      }
    for (const key of new Set(own.flatMap(({ keys }) => keys))) {
      const texts = new Set(own.filter((one) => one.keys.includes(key)).map(({ text }) => text));
      if (texts.size > 1) broken.push(`${key} is in ${texts.size} messages for ${audience}`);
    }
  }
  return { lost, duplicates, broken };
}

/** What '+N more' at the end of a mail counts. */
const countIn = (mail: string): number => Number(/\+([\d,]+) more/.exec(mail)?.[1]?.replaceAll(",", "") ?? 0);

/** Why a message that SNS had accepted was sent again; `undefined` where nothing that was promised explains it. */
function explanation(
  one: Accepted,
  next: Accepted,
  { seen, deaths, patience }: Aftermath,
): PromisedCase | undefined {
  const enqueued = seen.flatMap(({ enqueued }) => enqueued ?? []);
  const ids = new Set(enqueued.filter(({ text }) => text === one.text).map(({ id }) => id));
  const marks = seen.filter((call) => call.marks !== undefined && ids.has(call.marks));
  const between = marks.filter(({ order }) => order > one.call.order);
  // What the ledger knew before the next publish began must not be published again.
  if (between.some(({ tookEffect, done }) => tookEffect && done < next.call.order)) return undefined;
  if (one.call.fault?.startsWith("killed")) return "process died";
  // On a busy machine the function may have given up a call that the proxy answered just in time.
  const isLate = ({ answeredAfter }: Seen) => answeredAfter > patience / 2;
  if (isLate(one.call)) return "answer lost";
  if (deaths.some(({ from, to }) => one.call.at >= from && one.call.at <= to)) return "process died";
  const tried = between.filter(({ order }) => order < next.call.order);
  if (tried.length > 0 && tried.every((call) => call.fault !== undefined || isLate(call)))
    return "mark refused";
  return undefined;
}
