import { readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";

/**
 * Stack traces name the places in the sources, not those in the bundle. A bundle loads this module first. The maps are
 * read when a stack trace is: `--enable-source-maps` reads all of them when the modules are loaded, at every cold start.
 */
Error.prepareStackTrace = (error, sites) => {
  const lines = sites.map((site) => `\n    at ${describe(site)}`);
  return `${String(error)}${lines.join("")}`;
};

function describe(site: NodeJS.CallSite): string {
  // The place as V8 writes it: `name (file:///var/task/ingest.mjs:1:2345)`.
  const text = (site as { toString(): string }).toString();
  const file = site.getFileName() ?? "";
  const [line, column] = [site.getLineNumber() ?? 0, site.getColumnNumber() ?? 0];
  const entry = mapOf(file)?.findEntry(line - 1, column - 1);
  if (!entry || !("originalSource" in entry)) return text;
  const source = entry.originalSource.replace(/^(?:\.\.\/)+/, "");
  return text.replace(
    `${file}:${line}:${column}`,
    `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`,
  );
}

const maps = new Map<string, SourceMap | undefined>();

/** The source map next to a module of the bundle, which a URL names; `undefined` for any other file. */
function mapOf(file: string): SourceMap | undefined {
  if (!maps.has(file)) maps.set(file, readMap(file));
  return maps.get(file);
}

function readMap(file: string): SourceMap | undefined {
  if (!file.startsWith("file:")) return undefined;
  try {
    return new SourceMap(JSON.parse(readFileSync(new URL(`${file}.map`), "utf8")) as SourceMapPayload);
  } catch {
    return undefined;
  }
}
