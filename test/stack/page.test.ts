import { existsSync } from "node:fs";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openMessages, type Messages } from "../../infra/local/inbox/messages.ts";
import { openInbox, type Inbox } from "../../infra/local/inbox/server.ts";
import { emptyInboxActions } from "../support/inbox-actions.ts";
import { skippedIf } from "../support/skipped.ts";

const executablePath = "/usr/bin/chromium";
const at = "2026-11-20T10:00:00.000Z";
const quiet = [
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

describe(
  "the inbox page in a browser",
  skippedIf(!existsSync(executablePath), `${executablePath} is not installed`),
  () => {
    let browser: Browser;
    let page: Page;
    let inbox: Inbox;
    let messages: Messages;
    let problems: string[];

    beforeAll(async () => {
      const args = ["--headless", "--no-sandbox", "--disable-gpu", ...quiet];
      browser = await chromium.launch({ executablePath, args });
    });
    afterAll(() => browser.close());

    beforeEach(async () => {
      messages = openMessages();
      inbox = await openInbox(0, messages, emptyInboxActions());
      problems = [];
      page = await browser.newPage();
      page.on("pageerror", (error) => problems.push(error.message));
      page.on("console", (line) => line.type() === "error" && problems.push(line.text()));
      page.on("dialog", (dialog) => {
        problems.push(`dialog ${dialog.message()}`);
        void dialog.dismiss();
      });
    });
    afterEach(async () => {
      await page.close();
      await inbox.close();
      if (problems.length > 0) throw new Error(`The page reported errors: ${problems.join("; ")}`);
    });

    const mail = (subject: string, text: string, audience = "alerts") =>
      messages.add({
        raw: Buffer.from(text),
        message: { channel: "email", to: "a@reader.example", audience, subject, text, at },
      });
    const sms = (text: string, parts = 1) =>
      messages.add({
        encoding: "UCS-2",
        message: { channel: "sms", to: "+12025550100", audience: "alerts", subject: "", text, parts, at },
      });
    const texts = (selector: string) => page.locator(selector).allTextContents();

    test("shows upload instructions when empty, then messages as they arrive, newest first", async () => {
      await page.goto(inbox.url);
      await page.getByText("No messages yet").waitFor();
      expect(await page.locator("#hint-drop").textContent()).toBe("/tmp/drop/my-feed/");
      expect(await page.locator("#hint-upload").textContent()).toContain("aws s3 cp");
      mail("first", "one");
      mail("第二封", "二");
      sms("短信", 2);
      await page.getByRole("button", { name: "第二封" }).waitFor();
      expect(await page.locator("#empty").isVisible()).toBe(false);
      expect(await texts("#mail-list .subject")).toEqual(["第二封", "first"]);
      expect(await texts("#sms-list .bubble")).toEqual(["短信"]);
      expect(await page.locator("#sms-list .meta").textContent()).toContain("2 parts · UCS-2");
    });

    test("a mail opens by keyboard, with links and the direction of its text", async () => {
      mail("older", "مرحبا بالعالم\n\nhttps://feed.example/a?b=c&d\n\n--\nunsubscribe");
      mail("newer", "two");
      await page.goto(inbox.url);
      await page.getByRole("button", { name: "older" }).focus();
      await page.keyboard.press("Enter");
      expect(await page.locator("#reader-subject").textContent()).toBe("older");
      const link = page.locator("#reader-text a");
      expect(await link.getAttribute("href")).toBe("https://feed.example/a?b=c&d");
      expect(await link.getAttribute("rel")).toContain("noopener");
      const direction = await page.evaluate(
        "getComputedStyle(document.querySelector('#reader-text p')).direction",
      );
      expect(direction).toBe("rtl");
      expect(await page.evaluate("document.activeElement.id")).toBe("reader");
    });

    test("text from feeds is shown as text, never as markup", async () => {
      const hostile = [
        `<img src=x onerror="alert(1)">`,
        `<script>alert(2)</script>`,
        `"><svg onload=alert(3)>`,
        `javascript:alert(4)`,
        `http://x.example/"onmouseover="alert(5)`,
        `{{constructor.constructor('alert(6)')()}}`,
      ];
      for (const text of hostile) {
        mail(text, text, text);
        sms(text);
      }
      await page.goto(inbox.url);
      await page
        .locator("#mail-list button")
        .nth(hostile.length - 1)
        .waitFor();
      expect((await texts("#mail-list .subject")).toSorted()).toEqual(hostile.toSorted());
      expect((await texts("#sms-list .bubble")).toSorted()).toEqual(hostile.toSorted());
      for (let i = 0; i < hostile.length; i += 1) await page.locator("#mail-list button").nth(i).click();
      const count = (selector: string) => page.locator(selector).count();
      expect(
        await count("main img, main script, main svg, main [onerror], main [onmouseover], main [onload]"),
      ).toBe(0);
      const links = await page.evaluate("Array.from(document.links, (link) => link.protocol)");
      expect(new Set(links as string[])).toEqual(new Set(["http:"]));
    });

    test("filters by audience; Clear empties the inbox", async () => {
      mail("for alerts", "x", "alerts");
      mail("for digest", "x", "digest");
      await page.goto(inbox.url);
      await page.getByLabel("Audience").selectOption("digest");
      expect(await texts("#mail-list .subject")).toEqual(["for digest"]);
      await page.getByRole("button", { name: "Clear" }).click();
      await page.getByText("No messages yet").waitFor();
      expect(messages.all()).toEqual([]);
    });

    test("fits narrow and wide screens, light and dark, with readable contrast", async () => {
      mail(
        "a subject that is rather long, in order to see how it is wrapped on a telephone",
        `https://x.example/${"y".repeat(300)}`,
      );
      sms(`https://x.example/${"z".repeat(200)}`, 4);
      await page.goto(inbox.url);
      await page.locator("#sms-list li").waitFor();
      for (const width of [320, 700, 1400]) {
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height: 800 });
          expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
          const colours = await page.evaluate(
            "[getComputedStyle(document.querySelector('#mail-list .start')).color, getComputedStyle(document.querySelector('#mail-list button')).backgroundColor]",
          );
          expect(contrast(colours as [string, string])).toBeGreaterThan(4.5);
        }
      }
    });
  },
);

/** WCAG 2.2, "contrast ratio", of two colours as `rgb(…)`. */
function contrast(colours: readonly [string, string]): number {
  const [a = 0, b = 0] = colours.map((colour) => {
    const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
      const value = Number(part) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  });
  return Math.max(a, b) / Math.min(a, b);
}
