import { execFileSync } from "node:child_process";
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

describe("a release", () => {
  const steps = read(".github/workflows/release.yml");

  it("checks the signatures of the registry, and attaches a list of what a deployment installs", () => {
    expect(steps).toContain("npm audit signatures");
    expect(steps).toMatch(/node \.github\/sbom\.mjs > (\S+)\n[^]*gh release create [^\n]* \1\n/);
  });

  it("lists every package that runs or deploys, with its licence, and no other", { timeout: 60_000 }, () => {
    const script = fileURLToPath(new URL(".github/sbom.mjs", root));
    const out = execFileSync(process.execPath, [script], { encoding: "utf8", maxBuffer: 64 * 1024 ** 2 });
    const { components, metadata } = JSON.parse(out) as {
      readonly metadata: { readonly component: { readonly name: string } };
      readonly components: readonly { readonly name: string; readonly licenses?: readonly unknown[] }[];
    };
    expect(metadata.component.name).toBe("feedbell");
    const names = components.map(({ name }) => name);
    const expected = installed
      // Optional packages may be those of another platform.
      .filter(([, one]) => !isForDevelopment(one) && one.optional !== true && one.inBundle !== true)
      .map(([path]) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length));
    expect([...new Set(expected)].filter((name) => !names.includes(name))).toEqual([]);
    const known = installed.filter(([, one]) => !isForDevelopment(one)).map(([path]) => path);
    expect(names.filter((name) => !known.some((path) => path.endsWith(`node_modules/${name}`)))).toEqual([]);
    expect(components.filter(({ licenses = [] }) => licenses.length === 0)).toEqual([]);
  });
});

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly permissions?: Readonly<Record<string, string>>;
        readonly steps: readonly {
          readonly run?: string;
          readonly uses?: string;
          readonly with?: Readonly<Record<string, unknown>>;
        }[];
      }
    >
  >;
}

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

  it.each(files)("%s: no job that runs code of packages can write to the repository", (file) => {
    const { permissions, jobs } = parse(read(file)) as Workflow;
    const runPackages = Object.values(jobs).filter(({ steps }) =>
      steps.some(({ run = "" }) => /\.ci\/run|\bnpm (?:ci|install|test|run)\b/.test(run)),
    );
    const scopes = runPackages.flatMap((job) => Object.entries(job.permissions ?? permissions));
    expect(scopes.filter(([, access]) => access !== "read")).toEqual([]);
  });

  it.each(files)("%s: the token is not left in the checked-out repository", (file) => {
    const { jobs } = parse(read(file)) as Workflow;
    const checkouts = Object.values(jobs)
      .flatMap(({ steps }) => steps)
      .filter(({ uses = "" }) => uses.startsWith("actions/checkout@"));
    expect(checkouts.length).toBeGreaterThan(0);
    expect(checkouts.filter((step) => step.with?.["persist-credentials"] !== false)).toEqual([]);
  });

  it("dependabot updates packages and actions", () => {
    const { updates } = parse(read(".github/dependabot.yml")) as {
      readonly updates: readonly Readonly<Record<string, unknown>>[];
    };
    expect(updates.map((one) => one["package-ecosystem"])).toEqual(["npm", "github-actions"]);
  });
});
