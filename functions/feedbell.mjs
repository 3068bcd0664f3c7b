#!/usr/bin/env node
import module from "node:module";
import { fileURLToPath } from "node:url";
import { checkInstallation } from "./console/check-installation.mjs";

checkInstallation();
// Node.js keeps the compiled code of what is imported below: most of the time of a short command.
module.enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/node-compile", import.meta.url)));
await import("./cli.ts");
