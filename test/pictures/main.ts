// Takes the pictures of the local stack's page for the documents: `npm run pictures`.
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { uploadSamples } from "../../infra/local/samples.ts";
import { browserOptions } from "../support/browser.ts";
import { fillDemonstration, openDemonstration } from "./demonstration.ts";
import { toIndexedPng } from "./indexed-png.ts";

const folder = fileURLToPath(new URL("../../infra/local/pictures/", import.meta.url));
const screens = [
  { width: 1400, height: 880, scale: 1 },
  { width: 390, height: 844, scale: 2 },
];

await mkdir(folder, { recursive: true });
const stack = await openDemonstration();
const browser = await chromium.launch(browserOptions);
try {
  await fillDemonstration(stack, ({ uploader }) => uploadSamples(uploader, () => undefined));
  for (const { width, height, scale } of screens)
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await browser.newPage({
        viewport: { width, height },
        deviceScaleFactor: scale,
        colorScheme,
        locale: "en-GB",
        timezoneId: "UTC",
      });
      await page.goto(`${stack.inbox}/#/inbox`);
      await page.locator("#mail-list a").first().waitFor();
      for (const place of ["inbox", "snapshots", "audiences"] as const) {
        await page.goto(`${stack.inbox}/#/${place}`);
        await page.locator(`#${place} li`).first().waitFor();
        if (place === "inbox" && width > 1000)
          await page.locator("#mail-list a", { hasText: "海风市" }).first().click();
        if (place === "snapshots" && width > 1000) {
          await page.locator("#snapshot-list a", { hasText: "haifeng" }).click();
          await page.frameLocator(".preview iframe").getByText("Message 1 of").waitFor();
        }
        // What was loaded last is drawn.
        await page.waitForTimeout(1_000);
        const file = `${folder}${place}-${width}-${colorScheme}.png`;
        const picture = toIndexedPng(await page.screenshot());
        await writeFile(file, picture);
        process.stdout.write(`${file} ${Math.round(picture.length / 1000)} KB\n`);
      }
      await page.close();
    }
} finally {
  await browser.close();
  await stack.stop();
}
