import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { synthesize } from "../../infra/app.ts";
import { folder } from "../support/synthesized.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const offline = fileURLToPath(new URL("../support/offline.mjs", import.meta.url));
const cdk = join(root, "node_modules/aws-cdk/bin/cdk");

/** An environment without credentials, region, Docker and network. */
const bare = {
  PATH: dirname(process.execPath),
  HOME: folder(),
  NODE_OPTIONS: `--import=${offline}`,
  CI: "true",
};

const run = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  spawnSync(process.execPath, args, { cwd: root, encoding: "utf8", env: { ...bare, ...environment } });

/** Every deployed file of the assembly: the template, and the assets by their hashes. */
const deployed = (outdir: string): Readonly<Record<string, string>> => {
  const names = readdirSync(outdir, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => /^feedbell\.template\.json$|^asset\.\w+\/./.test(name)).toSorted();
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(outdir, name), "utf8")]));
};

// Each test starts a process, which is slow on a busy machine.
describe("the app", () => {
  const outdir = folder();

  beforeAll(() => {
    synthesize({ outdir });
  });

  it("writes the template and the bundle", () => {
    const names = Object.keys(deployed(outdir)).map((name) => name.replace(/\.[0-9a-f]{64}\//, "/"));
    expect(names.toSorted().filter((name) => !/^asset\/chunk-\w+\.mjs(?:\.map)?$/.test(name))).toEqual(
      [
        ...["deliver", "digest", "ingest", "watch"].flatMap((name) => [
          "asset/configuration.json",
          `asset/${name}.mjs`,
          `asset/${name}.mjs.map`,
        ]),
        // Bundled apart for deliver.
        "asset/message-quarantine.mjs",
        "asset/message-quarantine.mjs.map",
        "feedbell.template.json",
      ].toSorted(),
    );
  });

  it("writes the same files through the CDK CLI, without network, credentials and Docker", () => {
    const byCli = folder();
    const { status, stderr } = run([cdk, "synth", "--quiet", "--no-notices", "--output", byCli]);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(stderr.match(/Nobody is told of alarms/g), "once").toHaveLength(1);
    expect(deployed(byCli)).toEqual(deployed(outdir));
  });

  it("writes the same files when run directly", () => {
    const byItself = folder();
    const { status, stderr } = run(["infra/app.ts"], { CDK_OUTDIR: byItself });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(stderr.match(/WARNING .*/g), "the default configuration names no operators").toEqual([
      expect.stringContaining("Nobody is told of alarms. Set deployment.operators"),
    ]);
    expect(deployed(byItself)).toEqual(deployed(outdir));
  });

  it("prints only the configuration errors, with exit code 2", () => {
    const context = JSON.stringify({ feedbell: { timeoutSeconds: 0, locales: "en" } });
    const { status, stderr } = run(["infra/app.ts"], { CDK_OUTDIR: folder(), CDK_CONTEXT_JSON: context });
    expect(stderr.split("\n")).toEqual([
      "The configuration has 2 mistakes:",
      "  - feedbell.timeoutSeconds: found 0; expected a whole number of seconds from 1 to 900",
      "  - feedbell.locales: unknown key; did you mean locale?",
      "",
    ]);
    expect(status).toBe(2);
  });
});
