import module from "node:module";
import { fileURLToPath } from "node:url";

/*
 * npm runs it at the end of `npm ci`: it fills the caches of the local stack, so that the first `npm start` is as fast as
 * the next ones. Best effort: without it, or where it fails, the first start fills them.
 */
const [major = 0] = process.versions.node.split(".").map(Number);
// npm's own Node, where the installation of the package `node` was not allowed.
if (major >= 24) {
  module.enableCompileCache(
    fileURLToPath(new URL("../../node_modules/.cache/node-compile", import.meta.url)),
  );
  try {
    await import("./fill-caches.ts");
  } catch (error) {
    process.stderr.write(`feedbell: the first start will take longer: ${String(error)}\n`);
  }
}
