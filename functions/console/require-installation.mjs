import { checkInstallation } from "./check-installation.mjs";

// npm scripts that start other programs than ours begin with this file.
checkInstallation();
