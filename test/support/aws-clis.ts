import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";

/** The installed AWS CLIs by their major version, such as `1` and `2`: the first of each on the path or in /usr/bin. */
export function findAwsClis(): ReadonlyMap<number, string> {
  const folders = [...(process.env["PATH"] ?? "").split(path.delimiter), "/usr/bin"];
  const files = folders.map((folder) => path.join(folder, "aws")).filter((file) => existsSync(file));
  const found = new Map<number, string>();
  const seen = new Set<string>();
  for (const file of files) {
    const real = realpathSync(file);
    if (seen.has(real)) continue;
    seen.add(real);
    const { stdout } = spawnSync(file, ["--version"], { encoding: "utf8" });
    const [, major] = /^aws-cli\/(\d+)\./.exec(stdout ?? "") ?? [];
    if (major !== undefined && !found.has(Number(major))) found.set(Number(major), file);
  }
  return found;
}
