import { readFileSync, writeFileSync, writeSync } from "node:fs";
import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import { attack } from "./attack.ts";
import { root } from "./project-root.ts";
import type { AttackOrder, AttackReport, AttackResult, Expression } from "./expression.ts";

// A fresh process: it reads its order from a file, names the expression that it attacks on standard error, so that
// the parent can tell which one never ends, and writes its report to a file.
const [orderFile = "", reportFile = ""] = process.argv.slice(2);
const { expressions, modules, inputLimits } = JSON.parse(readFileSync(orderFile, "utf8")) as AttackOrder;

const constructed: Expression[] = [];
const NativeRegExp = RegExp;
const projectFile = new NativeRegExp("functions/[^:()\\s]+\\.ts");
globalThis.RegExp = new Proxy(NativeRegExp, {
  construct: (target, parameters, self) => {
    const made = Reflect.construct(target, parameters, self) as RegExp;
    const file = projectFile.exec(new Error().stack?.replaceAll(pathToFileURL(root).href, "") ?? "")?.[0];
    if (file !== undefined)
      constructed.push({ file: relative("", file), source: made.source, flags: made.flags });
    return made;
  },
});
for (const module of modules) await import(pathToFileURL(`${root}/${module}`).href);
globalThis.RegExp = NativeRegExp;

const all = new Map([...expressions, ...constructed].map((one) => [JSON.stringify(one), one]));
const slow: AttackResult[] = [];
for (const expression of all.values()) {
  writeSync(2, `${expression.file}: /${expression.source}/${expression.flags}\n`);
  const limit = inputLimits.find(([path]) => expression.file.startsWith(path))?.[1] ?? 1_000_000;
  const result = attack(expression, limit);
  if (result !== undefined) slow.push(result);
}
const report: AttackReport = { constructed, slow };
writeFileSync(reportFile, JSON.stringify(report));
