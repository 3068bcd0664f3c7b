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

/** The lock entry that `name` resolves to from the package at `path`: the nearest `node_modules`. */
function find(path: string, name: string): LockedPackage | undefined {
  for (let at = path; at !== ""; at = at.slice(0, Math.max(at.lastIndexOf("/node_modules/"), 0))) {
    const found = packages[`${at}/node_modules/${name}`];
    if (found) return found;
  }
  return packages[`node_modules/${name}`];
}

describe("package-lock.json", () => {
  it("has the optional packages of every platform, because `npm ci` rejects a lock file that lacks one", () => {
    const wanted = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).map((name) => ({ path, name })),
    );
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.filter(({ path, name }) => find(path, name)?.version === undefined)).toEqual([]);
  });

  it("has no registry URLs, so that each machine uses its configured registry", () => {
    expect(JSON.stringify(packages)).not.toContain('"resolved"');
  });
});

describe("package.json", () => {
  it("every dependency has a reason in CONTRIBUTING, and no other is listed", () => {
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
