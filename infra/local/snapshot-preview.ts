import type { Configuration } from "../../functions/core/configuration.ts";
import { previewPage } from "../../functions/preview/page.ts";
import { previewSnapshot } from "../../functions/preview/run.ts";
import { readBody } from "./emulators/s3/body.ts";
import type { Version } from "./emulators/s3/buckets.ts";

/** Larger snapshots are not previewed: their pages would be too large for a browser. Bytes. */
const maxBytes = 5_000_000;

/**
 * An HTML page that shows what readers would get for a version, stage by stage, if all its entries were new; `undefined`
 * for a deleted version. Nothing is sent.
 */
export async function previewVersion(
  { key, body, modified }: Version,
  configuration: Configuration,
): Promise<string | undefined> {
  if (body === undefined) return undefined;
  const name = key.split("/").at(-1) ?? key;
  if (body.size > maxBytes) return tooLarge(`npx feedbell preview --html preview.html ${name}`, body.size);
  const open = async () => ({ chunks: readBody(body), size: body.size });
  const options = { key, now: modified.getTime(), configuration, isFirst: false };
  const preview = await previewSnapshot(open, options);
  return [...previewPage(name, preview, configuration)].join("");
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const tooLarge = (command: string, size: number): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>No preview</title><p>This snapshot has ${size.toLocaleString("en")} bytes, too many for this page. The command line previews it:</p><pre>${escaped(command)}</pre></html>`;
