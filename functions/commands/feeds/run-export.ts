import { counted, write } from "../../console/terminal.ts";
import { readConfiguration } from "../options.ts";
import { formatOpml } from "./opml.ts";

export interface FeedsExportOptions {
  readonly config?: string;
}

/** Writes the configured feeds as OPML to standard output. */
export async function exportFeeds({ config }: FeedsExportOptions): Promise<void> {
  const { feeds } = await readConfiguration(config);
  const named = Object.entries(feeds).map(([slug, { title = slug, url }]) => ({
    title,
    ...(url && { url }),
  }));
  const without = named.filter(({ url }) => url === undefined).length;
  await write(process.stdout, formatOpml(named, new Date()));
  if (without > 0)
    process.stderr.write(
      `${counted(without, "feed has", "feeds have")} no url in the configuration: title only\n`,
    );
}
