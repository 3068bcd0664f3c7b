import { widthOf } from "../../console/columns.ts";
import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { counted, escapeLine, painterFor, safeLine, write, writeError } from "../../console/terminal.ts";
import { UsageError } from "../../console/usage-error.ts";
import { slug } from "../../core/feed/feed-slug.ts";
import { describeFailure } from "../failure.ts";
import { remarkOnFeed } from "../known-names.ts";
import { program, readConfiguration } from "../options.ts";
import { need, type StackOptions } from "../stack.ts";
import { withStack } from "../with-stack.ts";
import { findByLink, findByTitle } from "./find.ts";
import { stackRecords, type StackRecords } from "./stack-records.ts";
import { traceFound, type TracedEntry } from "./trace-found.ts";
import { viewTrace } from "./view.ts";

export interface TraceOptions extends StackOptions {
  readonly feed?: string;
  /** Epoch milliseconds. */
  readonly since?: number;
  readonly config?: string;
  readonly json?: true;
}

/** Entries that are shown; further ones are only counted. */
const maxEntries = 20;

/** Prints what became of the entries that match; exit code 1 if there is none. */
export async function traceEntry(given: string, options: TraceOptions): Promise<void> {
  const wanted = given.trim();
  if (wanted === "") throw new UsageError("Give a link, an id or a part of a title.");
  await withStack("trace", options, async (stack, clients) => {
    const address = need(stack, "bucket", "table");
    const records = stackRecords(clients, address, await readConfiguration(options.config));
    const found = await find(wanted, options, records);
    const paint = painterFor(process.stdout, process.env);
    const width = widthOf(process.stdout);
    const shown: TracedEntry[] = [];
    for (const entry of found.slice(0, maxEntries)) shown.push(await traceFound(entry, records));
    shown.sort((a, b) => (a.decided ?? "").localeCompare(b.decided ?? ""));
    for (const [i, traced] of shown.entries()) {
      const text = options.json
        ? jsonLine({ ...traced })
        : viewTrace(traced, records.configuration, { paint, width });
      await write(process.stdout, `${i > 0 && !options.json ? "\n" : ""}${text}\n`);
    }
    if (found.length > maxEntries) {
      const more = counted(found.length - maxEntries, "more entry matches", "more entries match");
      writeError(`${safeLine(stack.name)}: ${more}; give a longer title, --feed or --since.\n`);
    }
    if (found.length === 0) {
      await remarkOnFeed(options.feed, options.config);
      reportNothing(wanted, options);
    }
  });
}

async function find(wanted: string, { feed, since }: TraceOptions, records: StackRecords) {
  const search = {
    ...(feed !== undefined && { feed: slug(feed) }),
    ...(since !== undefined && { since }),
  };
  const byLink = await findByLink(wanted, search, records);
  return byLink.length > 0 || isLink(wanted) ? byLink : findByTitle(wanted, search, records);
}

const isLink = (text: string): boolean => /^https?:\/\//i.test(text);

function reportNothing(wanted: string, { feed }: TraceOptions): void {
  const where = feed === undefined ? "any feed" : `the feed ${feed}`;
  const byLink =
    `no entry of ${where} with this link or id: it was never read, it was rejected, its snapshot is in quarantine or ` +
    "still waits in the intake queue, or it left its feed more than ledgerDays ago";
  const byTitle =
    `no entry of ${where} with this text in its title, in what was decided in the last 60 days; entries that no ` +
    "audience got, or that were only counted, are found by their link or with --feed";
  writeError(
    describeFailure(escapeLine(wanted), {
      code: "not-found",
      message: "The entry is not found.",
      found: isLink(wanted) ? byLink : byTitle,
      expected: "an entry that feedbell has read",
      hint: `See \`${program} quarantine\` and \`${program} status\`, or try the entry's link as the feed gives it.`,
    }),
  );
  process.exitCode = 1;
}
