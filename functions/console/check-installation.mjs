import { existsSync } from "node:fs";

/**
 * Ends the process with one sentence where the program can't run: before `npm ci`, or with a Node that can't read
 * TypeScript. Plain JavaScript without dependencies, so that an older Node understands it.
 */
export function checkInstallation() {
  const installed = new URL("../../node_modules/.package-lock.json", import.meta.url);
  const [major = 0] = process.versions.node.split(".").map(Number);
  const problem = !existsSync(installed)
    ? "Nothing is installed yet: run `npm ci` in the project's folder first. It also installs Node 24."
    : major < 24
      ? `This is Node ${process.versions.node}, and feedbell needs 24: start it with npx or npm, which use the Node that \`npm ci\` has installed.`
      : undefined;
  if (problem === undefined) return;
  process.stderr.write(`feedbell: ${problem}\n`);
  process.exit(2);
}
