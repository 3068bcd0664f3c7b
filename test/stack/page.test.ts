import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { stackLedger } from "../../functions/aws/stack-ledger.ts";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import type { LocalStack } from "../../infra/local/local-stack.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { violationsOn } from "../support/axe.ts";
import { browserOptions, hasBrowser, noBrowser } from "../support/browser.ts";
import { skippedIf } from "../support/skipped.ts";
import { rss } from "../support/stack-under-test.ts";

// The tests follow one stack from its first upload on.
describe("the page of a local stack in a browser", skippedIf(!hasBrowser, noBrowser), () => {
  let stack: LocalStack;
  let browser: Browser;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    browser = await chromium.launch(browserOptions);
    stack = await startLocalStack({
      configuration: parseConfiguration({
        timeoutSeconds: 20,
        audiences: [
          { name: "alerts", mode: "alerts", rules: { exclude: ["advertisement"] } },
          { name: "morning", mode: "digest", schedule: "daily 07:00", timeZone: "Asia/Shanghai" },
        ],
      }),
    });
  });
  afterAll(async () => {
    await browser.close();
    await stack.stop();
  });

  beforeEach(async () => {
    problems = [];
    page = await browser.newPage({ viewport: { width: 1400, height: 880 } });
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (line) => line.type() === "error" && problems.push(line.text()));
  });
  afterEach(async () => {
    await page.close();
    if (problems.length > 0) throw new Error(`The page reported errors: ${problems.join("; ")}`);
  });

  /** Opens a place and waits until the page has drawn all that the stack told it. */
  async function open(address = "inbox"): Promise<void> {
    await page.goto(`${stack.inbox}/#/${address}`);
    await page.locator("#connection[data-state=live]").waitFor();
  }

  /** Opens a mail from the list and waits until it is drawn: a click is drawn in the next frame. */
  async function read(subject: string): Promise<void> {
    await page.locator("#mail-list a", { hasText: subject }).click();
    await page.locator("#mail h2", { hasText: subject }).waitFor();
  }

  /** Drops files onto the page as a file manager does. */
  async function drop(...files: readonly (readonly [name: string, text: string])[]): Promise<void> {
    const transfer = await page.evaluateHandle(`{
      const data = new DataTransfer();
      for (const [name, text] of ${JSON.stringify(files)}) data.items.add(new File([text], name));
      data;
    }`);
    for (const type of ["dragenter", "dragover", "drop"])
      await page.dispatchEvent("body", type, { dataTransfer: transfer });
  }

  test("an empty inbox says how to fill it, and copies the commands", async () => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: stack.inbox });
    await open();
    await page.getByRole("heading", { name: "No messages yet" }).waitFor();
    await page.getByRole("button", { name: "Copy" }).first().click();
    await page.getByText("Copied.").waitFor();
    const copied = await page.evaluate("navigator.clipboard.readText()");
    expect(copied).toBe(`${stack.drop}/my-feed/`);
    await page.locator("#hint-upload", { hasText: stack.bucket }).waitFor();
  });

  test("a dropped file arrives as mail and SMS", async () => {
    await open();
    await page.getByRole("heading", { name: "No messages yet" }).waitFor();
    await drop(["1.xml", rss("港口", "Ferry timetable changes", "海底隧道开放", "مكتبة المدينة")]);
    await page.getByLabel("Feed", { exact: true }).fill("harbour");
    await page.keyboard.press("Enter");
    await page.waitForURL(/#\/snapshots\/.*harbour/);
    await page.locator("#snapshot .chip", { hasText: "done" }).waitFor();
    await page.locator("#snapshot .tiles div", { hasText: /^new3$/ }).waitFor();
    const preview = page.frameLocator(".preview iframe");
    await preview.getByText("Message 1 of").first().waitFor();

    await page.keyboard.press("1");
    await page.locator("#mail-list a").nth(2).waitFor();
    await read("海底隧道开放");
    await page.locator(".bubble").nth(2).waitFor();
    const notes = await page.locator(".bubble-note").allTextContents();
    expect(notes.toSorted()[0]).toMatch(/^\d parts? · (GSM-7|UCS-2) · about 0\.\d+ USD$/);
    const times = await page.evaluate<string[]>(
      "Array.from(document.querySelectorAll('#phone .bubble-time time'), (time) => time.dateTime)",
    );
    expect(times).toEqual(times.toSorted());
  });

  test("a mail shows its direction, its links, its bytes and the SNS message", async () => {
    await open();
    await read("مكتبة المدينة");
    const direction = await page.evaluate("getComputedStyle(document.querySelector('#mail h2')).direction");
    expect(direction).toBe("rtl");
    const link = page.locator(".mail-text a").first();
    expect(await link.getAttribute("href")).toMatch(/^https:\/\/feed\.example\//);
    expect(await link.getAttribute("rel")).toContain("noopener");
    const source = await page.getByRole("link", { name: "Source" }).getAttribute("href");
    expect(await (await fetch(`${stack.inbox}${source}`)).text()).toMatch(/^Subject:/m);
    await page.locator("#mail summary").click();
    await page.locator("#mail .published", { hasText: "harbour (String)" }).waitFor();
    expect(await page.locator("#mail figcaption").allTextContents()).toEqual(
      expect.arrayContaining(["default", "email", "sms"]),
    );
  });

  test("search, filters and unread marks", async () => {
    await open();
    await page.locator("#mail-list a").first().waitFor();
    const unread = async () => Number(await page.locator("#badge-inbox").textContent());
    const before = await unread();
    expect(before).toBeGreaterThan(0);
    await page.locator("#mail-list a.unread").last().click();
    await expect.poll(unread).toBe(before - 1);
    await page.keyboard.press("/");
    await page.keyboard.type("FÉRRY");
    await expect.poll(() => page.locator("#mail-list a").count()).toBe(1);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("#mail-list a").count()).toBe(3);
    await page.locator("#filter-feed").selectOption("harbour");
    await page.getByRole("searchbox").fill("nowhere");
    await page.getByText("No message matches").waitFor();
  });

  test("the keyboard goes through the lists, the places and the help", async () => {
    await open();
    const current = page.locator("#mail-list a[aria-current]");
    await current.waitFor();
    const subjects = await page.locator("#mail-list .row-title").allTextContents();
    await page.keyboard.press("j");
    await expect.poll(() => current.locator(".row-title").textContent()).toBe(subjects[1]);
    await page.keyboard.press("k");
    await expect.poll(() => current.locator(".row-title").textContent()).toBe(subjects[0]);
    await page.keyboard.press("Escape");
    await page.waitForURL(/#\/inbox$/);
    await page.keyboard.press("t");
    await page.locator("#phone-list a").first().waitFor();
    await page.keyboard.press("3");
    await page.getByRole("heading", { name: "morning" }).waitFor();
    await page.keyboard.press("j");
    await page.locator(".card:first-child:focus", { hasText: "alerts" }).waitFor();
    await page.keyboard.press("j");
    await page.locator(".card:last-child:focus", { hasText: "morning" }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("heading", { name: "Keyboard" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { name: "Keyboard" }).waitFor({ state: "hidden" });
  });

  test("a key that is pressed before the browser announces a changed address counts", async () => {
    // Listens before the page does, and announces an address late, as a busy browser does.
    await page.addInitScript(`addEventListener("hashchange", (event) => {
      if (!window.isBusy) return;
      window.isBusy = false;
      event.stopImmediatePropagation();
      setTimeout(() => dispatchEvent(new HashChangeEvent("hashchange")), 300);
    })`);
    await open();
    const current = page.locator("#mail-list a[aria-current]");
    await current.waitFor();
    const subjects = await page.locator("#mail-list .row-title").allTextContents();
    await page.keyboard.press("j");
    await expect.poll(() => current.locator(".row-title").textContent()).toBe(subjects[1]);
    await page.evaluate("window.isBusy = true");
    await page.keyboard.press("Escape");
    await page.keyboard.press("t");
    await page.locator("#phone-list a").first().waitFor();
    expect(await page.evaluate("window.isBusy")).toBe(false);
  });

  test("a quarantined snapshot shows its reason and is read again", async () => {
    await open("snapshots");
    await drop(["paper.xml", "%PDF-1.7 a scanned newspaper"]);
    await page.getByLabel("Feed", { exact: true }).fill("gazette");
    await page.getByRole("button", { name: "Upload", exact: true }).last().click();
    await page.locator("#snapshot .reason").waitFor();
    await expect.poll(() => page.locator("#badge-snapshots").textContent()).toBe("1");
    const reads = () => stack.invocations.length;
    await stack.idle();
    const before = reads();
    await page.getByRole("button", { name: "Replay" }).click();
    await page.getByText("paper.xml is read again.").waitFor();
    await stack.idle();
    expect(reads()).toBeGreaterThan(before);
    await page.locator("#snapshot .chip", { hasText: "quarantined" }).waitFor();
    // One copy with its reason, as before: the replay removes the old ones.
    expect(stack.keys("quarantine/").toSorted()).toEqual([
      "quarantine/gazette/paper.xml",
      "quarantine/gazette/paper.xml.reason.json",
    ]);
  });

  test("a schedule is fired", async () => {
    await open("audiences");
    const card = page.locator(".card", { has: page.getByRole("heading", { name: "morning" }) });
    await card.getByText(/^Next: .*Asia\/Shanghai$/).waitFor();
    await card.getByRole("heading", { name: /^3 entries wait since / }).waitFor();
    await card.getByText("They wait for the schedule ‘daily 07:00’.").waitFor();
    const titles = await card.locator(".waiting-title").allTextContents();
    expect(titles.toSorted()).toEqual(["Ferry timetable changes", "مكتبة المدينة", "海底隧道开放"]);
    await card.getByRole("button", { name: "Send now" }).click();
    await page.getByText("The schedule of morning was run: 3 entries sent.").waitFor();
    await card.getByText("No entry waits.").waitFor();
    const digests = () =>
      stack.messages().filter(({ audience, channel }) => audience === "morning" && channel === "email");
    await expect.poll(() => digests().length).toBe(1);
    const alerts = page.locator(".card", { has: page.getByRole("heading", { name: "alerts" }) });
    expect(await alerts.getByRole("button", { name: "Send now" }).count()).toBe(0);
    await alerts.getByText("No entries that contain ‘advertisement’.").waitFor();
  });

  test("a pause is shown with what it holds back, and ends", async () => {
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const dynamodb = new DynamoDBClient({ endpoint: stack.endpoint, region: stack.region, credentials });
    await stackLedger({ dynamodb }, stack.table).pause("alerts", true);
    dynamodb.destroy();
    await stack.uploader.put("snapshots/pier/1.xml", rss("pier", "The pier opens again"));
    await open("audiences");
    const card = page.locator(".card", { has: page.getByRole("heading", { name: "alerts" }) });
    await card.getByText("1 message is held back until it is resumed.").waitFor();
    await card.getByText("The pier opens again").waitFor();
    await card.getByRole("button", { name: "Resume" }).click();
    await page.getByText("alerts is resumed.").waitFor();
    await expect.poll(() => card.getByText("Paused since").count()).toBe(0);
  });

  test("a reader is subscribed, confirmed and removed", async () => {
    await open("audiences");
    const card = page.locator(".card", { has: page.getByRole("heading", { name: "alerts" }) });
    const address = card.getByLabel("Address of the new subscriber of alerts");
    await address.fill("new@reader.example");
    await address.press("Enter");
    const reader = card.locator(".readers li", { hasText: "new@reader.example" });
    await reader.getByText("not confirmed").waitFor();
    await expect.poll(() => stack.messages().some(({ to }) => to === "new@reader.example")).toBe(true);
    await reader.getByRole("button", { name: "Confirm" }).click();
    await reader.getByText("confirmed", { exact: true }).waitFor();
    await reader.getByRole("button", { name: "Remove new@reader.example" }).click();
    await reader.waitFor({ state: "detached" });

    await card.getByLabel("Kind of subscriber of alerts").selectOption("sms");
    await address.fill("12");
    const refused = page.waitForEvent("console", (line) => line.text().includes("400"));
    await address.press("Enter");
    await page.getByText("Invalid SMS endpoint").waitFor();
    await refused;
    problems.splice(0);
  });

  test.each(["light", "dark"] as const)("is accessible and fits every width, %s", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    const places = [
      ["inbox", "#mail-list a"],
      ["snapshots", "#snapshot-list a"],
      ["audiences", ".card"],
    ] as const;
    for (const [place, item] of places) {
      await open(place);
      await page.locator(item).first().waitFor();
      for (const width of [1600, 1000, 760, 390, 360, 320]) {
        await page.setViewportSize({ width, height: 844 });
        const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
        expect([place, width, overflow]).toEqual([place, width, 0]);
      }
      // One wide and one narrow screen: axe takes a second on each.
      for (const width of [390, 1400]) {
        await page.setViewportSize({ width, height: 844 });
        expect([place, width, await violationsOn(page)]).toEqual([place, width, []]);
      }
    }
  });

  test("a narrow screen shows the list or the message", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open();
    const list = page.locator("#mail-list");
    await list.getByRole("link").nth(1).click();
    await page.locator("#mail h2").waitFor();
    await expect.poll(() => list.isVisible()).toBe(false);
    await page.locator("#mail:focus").waitFor();
    await page.getByRole("link", { name: "Inbox" }).last().click();
    await list.waitFor();
    await list.locator("li:nth-child(2) a:focus").waitFor();
    await page.locator("#mail").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Telephones" }).click();
    await page.locator("#phone-list a").first().click();
    await page.locator(".bubble").last().waitFor();
    await page.locator("#phone-list").waitFor({ state: "hidden" });
    await page.goBack();
    await page.locator("#phone-list").waitFor();
  });

  test("Clear asks, and empties the inbox", async () => {
    await open();
    await page.getByRole("button", { name: "Clear" }).click();
    const dialog = page.getByRole("dialog", { name: "Remove all messages?" });
    await dialog.getByText(/messages will be removed/).waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "hidden" });
    expect(stack.messages().length).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Clear" }).click();
    await dialog.getByRole("button", { name: "Remove" }).click();
    await page.getByRole("heading", { name: "No messages yet" }).waitFor();
    expect(stack.messages()).toEqual([]);
  });
});
