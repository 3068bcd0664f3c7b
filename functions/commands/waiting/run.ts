import { shortTime } from "../../console/columns.ts";
import { noteProgress } from "../../console/activity.ts";
import { stackLedger, type StackLedger } from "../../aws/stack-ledger.ts";
import { logLine as jsonLine } from "../../aws/telemetry.ts";
import type { WaitingClaim } from "../../core/waiting.ts";
import { isConfirmed } from "../../console/confirmation.ts";
import { rowPrinter } from "../../console/rows.ts";
import { counted, safeLine, write } from "../../console/terminal.ts";
import { UsageError } from "../../console/usage-error.ts";
import { countEntries, uncoveredClaims } from "../../console/waiting-entries.ts";
import { need, type StackOptions } from "../stack.ts";
import { audiencesOf, checkAudience, remarkOnAudience } from "../known-names.ts";
import { withStack } from "../with-stack.ts";

export interface WaitingOptions extends StackOptions {
  readonly audience?: string;
  readonly yes?: true;
  readonly json?: true;
}

export interface MoveOptions extends StackOptions {
  readonly from: string;
  readonly to: string;
  readonly yes?: true;
  readonly json?: true;
}

interface OpenStack {
  /** Its name for output. */
  readonly stack: string;
  readonly ledger: StackLedger;
  /** Names of the audiences of the stack. */
  readonly audiences: readonly string[];
}

const audienceColumns = [
  { title: "audience", shrinks: true },
  { title: "entries", align: "right", short: (cell: string) => cell.replace(/ .*/, "") },
  { title: "since (UTC)", short: (cell: string) => shortTime(cell.replace("since ", "")) },
  { title: "", shrinks: true },
] as const;

const entryColumns = [
  { title: "since (UTC)", short: shortTime },
  { title: "feed", shrinks: true },
  { title: "title", shrinks: true },
] as const;

/** Lists the audiences for which something waits, or the entries that wait for one. */
export async function listWaiting(options: WaitingOptions): Promise<void> {
  await withWaiting(options, async ({ ledger, audiences }) => {
    const { audience, json } = options;
    const rows = rowPrinter(audience === undefined ? audienceColumns : entryColumns);
    const print = (fields: Readonly<Record<string, unknown>>, cells: readonly string[]) =>
      json ? write(process.stdout, `${jsonLine(fields)}\n`) : rows.add(cells);
    if (audience !== undefined) {
      const waiting = await uncoveredClaims(audience, ledger);
      if (waiting.length === 0) await remarkOnAudience(audience, { audiences });
      for (const [i, { claim, at }] of waiting.entries()) {
        noteProgress(
          () => `${i.toLocaleString("en")} of ${counted(waiting.length, "snapshot", "snapshots")} read`,
        );
        const { entries, rest } = await ledger.readWaiting(audience, claim);
        const since = new Date(at).toISOString();
        for (const { key, title, source } of entries)
          await print({ audience, since, key, title, feed: source.slug }, [since, source.slug, title]);
        if (rest) {
          const { count, source } = rest;
          await print({ audience, since, count, feed: source.slug }, [since, source.slug, `+${count}`]);
        }
      }
      if (waiting.length === 0 && !json)
        await write(process.stdout, `Nothing waits for ${safeLine(audience)}.\n`);
      return rows.end();
    }
    let isEmpty = true;
    for (const name of (await ledger.waitingAudiences()).toSorted()) {
      const claims = await uncoveredClaims(name, ledger);
      if (claims.length === 0) continue;
      isEmpty = false;
      const isConfigured = audiences.includes(name);
      const entries = countEntries(claims);
      const since = new Date(Math.min(...claims.map(({ at }) => at))).toISOString();
      const state = isConfigured ? [] : ["not in the configuration"];
      await print({ audience: name, entries, since, configured: isConfigured }, [
        name,
        counted(entries, "entry", "entries"),
        `since ${since}`,
        ...state,
      ]);
    }
    await rows.end();
    if (isEmpty && !json) await write(process.stdout, "Nothing waits.\n");
  });
}

/**
 * Lets what waits for one audience wait for another one. Each claim is moved as a whole under a name that follows from
 * it, so that an interrupted move can be repeated and nothing is sent twice.
 */
export async function moveWaiting({ from, to, ...options }: MoveOptions): Promise<void> {
  await withWaiting(options, async ({ stack, ledger, audiences }) => {
    checkAudience(to, audiences);
    if (from === to) throw new UsageError("--from and --to name the same audience.");
    const claims = await uncoveredClaims(from, ledger);
    const states = await ledger.claims(claims.map(({ claim }) => claim));
    const isFinished = ({ claim }: WaitingClaim) => (states.get(claim)?.state ?? "finished") === "finished";
    const ready = claims.filter(isFinished);
    const entries = counted(countEntries(ready), "entry", "entries");
    const what = `${stack}: ${entries} that ${countEntries(ready) === 1 ? "waits" : "wait"} for ${safeLine(from)} will wait for ${to}.`;
    if (ready.length > 0 && !(await isConfirmed({ what }, options))) return;
    for (const { claim, at } of ready) {
      const content = await ledger.readWaiting(from, claim);
      await ledger.putWaiting(`${claim}~${from}`, at, [{ audience: to, ...content }]);
      await remove(from, claim, ledger);
    }
    const rest = countEntries(claims) - countEntries(ready);
    const left = rest === 0 ? "" : `; ${counted(rest, "entry is", "entries are")} being stored: run it again`;
    const line = options.json
      ? jsonLine({ from, to, entries: countEntries(ready), left: rest })
      : `${entries} moved from ${safeLine(from)} to ${to}${left}`;
    await write(process.stdout, `${line}\n`);
  });
}

/** Deletes what waits for one audience, or for all that are not in the configuration. */
export async function dropWaiting(options: WaitingOptions): Promise<void> {
  await withWaiting(options, async ({ stack, ledger, audiences }) => {
    const { audience, json } = options;
    const names =
      audience === undefined
        ? (await ledger.waitingAudiences()).filter((name) => !audiences.includes(name))
        : [audience];
    const found = await Promise.all(
      names.map(async (name) => ({ name, claims: await uncoveredClaims(name, ledger) })),
    );
    const waiting = found.filter(({ claims }) => claims.length > 0);
    const entries = counted(countEntries(waiting.flatMap(({ claims }) => claims)), "entry", "entries");
    const what = `${stack}: readers will never get ${entries}.`;
    const parts = waiting.map(
      ({ name, claims }) => `${name}  ${counted(countEntries(claims), "entry", "entries")}`,
    );
    const change = { what, parts, total: parts.length };
    if (waiting.length > 0 && !(await isConfirmed(change, options))) return;
    for (const { name, claims } of waiting) {
      for (const { claim } of claims) await remove(name, claim, ledger);
      if (json)
        await write(
          process.stdout,
          `${jsonLine({ audience: name, entries: countEntries(claims), outcome: "dropped" })}\n`,
        );
    }
    if (!json) await write(process.stdout, `${entries} dropped\n`);
  });
}

/** Marks a claim as covered before it is deleted, so that a run that stores it again does not bring it back. */
async function remove(audience: string, claim: string, ledger: StackLedger): Promise<void> {
  await ledger.coverClaims(audience, [claim]);
  await ledger.deleteWaiting(audience, claim);
}

const withWaiting = (options: StackOptions, work: (stack: OpenStack) => Promise<void>): Promise<void> =>
  withStack("waiting", options, async (stack, clients) => {
    const ledger = stackLedger(clients, need(stack, "table").table);
    await work({ stack: safeLine(stack.name), ledger, audiences: await audiencesOf(stack) });
  });
