import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const root = new URL("..", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");

interface LockedPackage {
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly integrity?: string;
  readonly inBundle?: boolean;
  readonly optional?: boolean;
}

const { packages } = JSON.parse(read("package-lock.json")) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};
const installed = Object.entries(packages).filter(([path]) => path !== "");
const isForDevelopment = ({ dev = false, devOptional = false }: LockedPackage): boolean => dev || devOptional;

/** Licences without conditions on the software that uses the package, but for the notice. */
const permissive = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "MIT-0",
]);

/** Licences of tools: conditions on changes of the package itself only. */
const forTools = new Set([...permissive, "MPL-2.0"]);

/** Whether one of the alternatives of an SPDX expression such as `(MIT OR GPL-3.0-or-later)` is allowed. */
const isAllowed = (license: string | undefined, allowed: ReadonlySet<string>): boolean =>
  (license ?? "")
    .replace(/^\((.*)\)$/, "$1")
    .split(" OR ")
    .some((one) => allowed.has(one));

describe("licences", () => {
  it.each<[string | undefined, boolean]>([
    ["MIT", true],
    ["(MIT OR GPL-3.0-or-later)", true],
    ["AGPL-3.0-or-later", false],
    ["MIT AND AGPL-3.0-only", false],
    ["SEE LICENSE IN LICENSE", false],
    [undefined, false],
  ])("%s: %s", (license, expected) => {
    expect(isAllowed(license, permissive)).toBe(expected);
  });

  it("are permissive for everything that runs or deploys, dependencies of dependencies included", () => {
    const atRunTime = installed.filter(([, one]) => !isForDevelopment(one));
    expect(atRunTime.length).toBeGreaterThan(50);
    expect(atRunTime.filter(([, { license }]) => !isAllowed(license, permissive))).toEqual([]);
  });

  it("put no condition on the project for development tools", () => {
    const tools = installed.filter(([, one]) => isForDevelopment(one));
    expect(tools.length).toBeGreaterThan(50);
    expect(tools.filter(([, { license }]) => !isAllowed(license, forTools))).toEqual([]);
  });
});

describe("packages", () => {
  // npm leaves the hash out where an optional package of another platform was never downloaded.
  it("have a hash of their content, or are part of a package that has one", () => {
    const required = installed.filter(([, { optional = false }]) => !optional);
    expect(required.filter(([, { integrity, inBundle }]) => integrity === undefined && !inBundle)).toEqual(
      [],
    );
  });
});

describe("workflows", () => {
  const files = globSync(".github/{workflows,examples}/*.yml", { cwd: fileURLToPath(root) });

  it.each(files)("%s: every action is pinned to a commit, with its version in a comment", (file) => {
    const uses = [...read(file).matchAll(/\buses: (.*)$/gm)].map(([, action]) => action);
    expect(uses.length).toBeGreaterThan(0);
    for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+/);
  });

  it("use one version of each action", () => {
    const pinned = files.flatMap((file) => [...read(file).matchAll(/\buses: ([\w/-]+)@(\w+)/g)]);
    const versions = Map.groupBy(pinned, ([, action]) => action);
    for (const uses of versions.values()) expect(new Set(uses.map(([, , commit]) => commit)).size).toBe(1);
  });

  it.each(files)("%s: states its permissions and a time limit", (file) => {
    const { permissions, jobs } = parse(read(file)) as {
      readonly permissions?: object;
      readonly jobs: Readonly<Record<string, { readonly "timeout-minutes"?: number }>>;
    };
    expect(permissions).toBeDefined();
    for (const job of Object.values(jobs)) expect(job["timeout-minutes"]).toBeLessThanOrEqual(30);
  });

  it("dependabot updates packages and actions", () => {
    const { updates } = parse(read(".github/dependabot.yml")) as {
      readonly updates: readonly Readonly<Record<string, unknown>>[];
    };
    expect(updates.map((one) => one["package-ecosystem"])).toEqual(["npm", "github-actions"]);
  });
});
