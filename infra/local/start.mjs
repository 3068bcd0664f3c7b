import { checkInstallation } from "../../functions/console/check-installation.mjs";

checkInstallation();
await import("./main.ts");
