import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** A file of the page. */
interface PageFile {
  readonly type: string;
  readonly body: string | Buffer;
}

const folder = new URL("page/", import.meta.url);
const pathOf = (name: string): string => fileURLToPath(new URL(name, folder));

let built: Promise<Readonly<Record<string, PageFile>>> | undefined;

/** The file of the page at a path. Scripts and style sheets are bundled at the first call of a process. */
export async function findPageFile(path: string): Promise<PageFile | undefined> {
  built ??= build();
  return (await built)[path];
}

async function build(): Promise<Readonly<Record<string, PageFile>>> {
  // Imported lazily: a stack whose page nobody opens does not need it.
  const esbuild = await import("esbuild");
  const { outputFiles } = await esbuild.build({
    entryPoints: { page: pathOf("main.ts"), style: pathOf("styles/main.css") },
    outdir: "/",
    bundle: true,
    write: false,
    format: "esm",
    target: "es2023",
    charset: "utf8",
    logLevel: "error",
  });
  const text = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? "";
  return {
    "/": { type: "text/html; charset=utf-8", body: await readFile(pathOf("index.html")) },
    "/page.js": { type: "text/javascript; charset=utf-8", body: text("page.js") },
    "/style.css": { type: "text/css; charset=utf-8", body: text("style.css") },
  };
}
