import { safeLine, write, writeError } from "../../console/terminal.ts";
import { formatCsv } from "./csv.ts";
import { readerAsJson, withDetails } from "./list.ts";
import { columns } from "./reader-file.ts";
import { withReaders, type AudienceOptions } from "./topic.ts";

export interface ExportOptions extends AudienceOptions {
  readonly json?: true;
}

/** Writes the readers to standard output: as CSV, in the form that `import` reads, or as JSON lines. */
export async function exportReaders(options: ExportOptions): Promise<void> {
  await withReaders("export", options, async (access) => {
    if (!options.json) await write(process.stdout, formatCsv(columns));
    let count = 0;
    for await (const reader of withDetails(access)) {
      const { audience, endpoint, protocol, filter, state, isProtected } = reader;
      // An ended subscription is no reader: an import would subscribe it again.
      if (state === "deleted") continue;
      count++;
      const isKnown = isProtected === undefined ? "" : String(isProtected);
      const line = options.json
        ? `${readerAsJson(reader, endpoint)}\n`
        : formatCsv([audience, endpoint, protocol, filter ?? "", state, isKnown]);
      await write(process.stdout, line);
    }
    writeError(`${safeLine(access.stack)}: ${count.toLocaleString("en")} exported\n`);
  });
}
