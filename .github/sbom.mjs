// Prints a list (CycloneDX) of the packages that a deployment installs and bundles. `npm sbom --omit dev` leaves out those
// that development tools need as well, so that npm gets a project without development dependencies.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const read = (name) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), "utf8"));
const { devDependencies: _, ...manifest } = read("package.json");
const lock = read("package-lock.json");
const packages = Object.entries(lock.packages).filter(([, { dev, devOptional }]) => !dev && !devOptional);

const temporary = mkdtempSync(join(tmpdir(), "sbom-"));
// npm takes the name of the folder for that of the project.
const folder = join(temporary, manifest.name);
try {
  mkdirSync(folder);
  const write = (name, value) => writeFileSync(join(folder, name), JSON.stringify(value));
  write("package.json", manifest);
  const { "": project, ...others } = Object.fromEntries(packages);
  const { devDependencies: __, ...whole } = project;
  write("package-lock.json", { ...lock, packages: { "": whole, ...others } });
  const options = ["--package-lock-only", "--sbom-format", "cyclonedx", "--sbom-type", "application"];
  process.stdout.write(execFileSync("npm", ["sbom", ...options], { cwd: folder, maxBuffer: 64 * 1024 ** 2 }));
} finally {
  rmSync(temporary, { recursive: true });
}
