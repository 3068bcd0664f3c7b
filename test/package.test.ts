import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface LockedPackage {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), "utf8"));

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const { packages } = read("package-lock.json") as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};

/** The entry that a package at `path` finds for `name`: its own folder's first, then those above it. */
function find(path: string, name: string): LockedPackage | undefined {
  for (let at = path; at !== ""; at = at.slice(0, Math.max(at.lastIndexOf("/node_modules/"), 0))) {
    const found = packages[`${at}/node_modules/${name}`];
    if (found) return found;
  }
  return packages[`node_modules/${name}`];
}

describe("package-lock.json", () => {
  it("holds the optional packages of every platform: `npm ci` refuses a lock that lacks one which its registry can't show", () => {
    const wanted = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).map((name) => ({ path, name })),
    );
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.filter(({ path, name }) => find(path, name)?.version === undefined)).toEqual([]);
  });

  it("names no registry, so that each machine installs from its own", () => {
    expect(JSON.stringify(packages)).not.toContain('"resolved"');
  });
});

describe("package.json", () => {
  it("has no dependency without its reason in CONTRIBUTING, and CONTRIBUTING none that is gone", () => {
    const { dependencies, devDependencies } = read("package.json") as Manifest;
    const contributing = readFileSync(new URL("../.github/CONTRIBUTING.md", import.meta.url), "utf8");
    const [, table = ""] = contributing.split("| package");
    const rows = table.split("\n").filter((line) => line.startsWith("| `"));
    const cells = rows.map((row) => row.split("|")[1] ?? "").join();
    const named = [...cells.matchAll(/`([^`]+)`/g)]
      .map(([, name = ""]) => name)
      .filter((name) => name !== "slim");
    expect(named.toSorted()).toEqual(Object.keys({ ...dependencies, ...devDependencies }).toSorted());
  });
});
