import module from "node:module";
import { fileURLToPath } from "node:url";
import { checkInstallation } from "../../functions/console/check-installation.mjs";

checkInstallation();
// Node.js keeps the compiled code of what is imported below: the next start takes half the processor time.
module.enableCompileCache(fileURLToPath(new URL("../../node_modules/.cache/node-compile", import.meta.url)));
await import("./main.ts");
