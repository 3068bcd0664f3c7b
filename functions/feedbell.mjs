#!/usr/bin/env node
import { checkInstallation } from "./console/check-installation.mjs";

checkInstallation();
await import("./cli.ts");
