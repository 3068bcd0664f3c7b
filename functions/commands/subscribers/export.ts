import { safeLine, write } from "../../console/terminal.ts";
import { formatCsv } from "./csv.ts";
import { withDetails } from "./list.ts";
import { columns } from "./reader-file.ts";
import { withReaders, type AudienceOptions } from "./topic.ts";

/** Writes the readers as CSV to standard output, in the form that `import` reads. */
export async function exportReaders(options: AudienceOptions): Promise<void> {
  await withReaders("export", options, async (access) => {
    await write(process.stdout, formatCsv(columns));
    let count = 0;
    for await (const { audience, endpoint, protocol, filter, state, isProtected } of withDetails(access)) {
      // An ended subscription is no reader: an import would subscribe it again.
      if (state === "deleted") continue;
      count++;
      const isKnown = isProtected === undefined ? "" : String(isProtected);
      await write(process.stdout, formatCsv([audience, endpoint, protocol, filter ?? "", state, isKnown]));
    }
    process.stderr.write(`${safeLine(access.stack)}: ${count.toLocaleString("en")} exported\n`);
  });
}
