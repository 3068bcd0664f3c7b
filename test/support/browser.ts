import { existsSync } from "node:fs";

const executablePath = "/usr/bin/chromium";

/** Whether there is a browser for tests of the page. */
export const hasBrowser = existsSync(executablePath);
export const noBrowser = `${executablePath} is not installed`;

/** Starts the browser without its own network traffic. */
export const browserOptions = {
  executablePath,
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
