import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { counted, write, writeError } from "../../console/terminal.ts";
import { readConfiguration } from "../options.ts";
import { formatOpml } from "./opml.ts";

export interface FeedsExportOptions {
  readonly config?: string;
  readonly json?: true;
}

/** Writes the configured feeds to standard output: as OPML, or as JSON lines. */
export async function exportFeeds({ config, json }: FeedsExportOptions): Promise<void> {
  const { feeds } = await readConfiguration(config);
  if (json) {
    for (const [slug, { title, url }] of Object.entries(feeds))
      await write(
        process.stdout,
        `${jsonLine({ feed: slug, ...(title !== undefined && { title }), ...(url !== undefined && { url }) })}\n`,
      );
    return;
  }
  const named = Object.entries(feeds).map(([slug, { title = slug, url }]) => ({
    title,
    ...(url && { url }),
  }));
  const without = named.filter(({ url }) => url === undefined).length;
  await write(process.stdout, formatOpml(named, new Date()));
  if (without > 0)
    writeError(`${counted(without, "feed has", "feeds have")} no url in the configuration: title only\n`);
}
