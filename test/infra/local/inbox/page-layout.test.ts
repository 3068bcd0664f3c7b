import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openMessages } from "../../../../infra/local/inbox/messages.ts";
import { openInbox, type Inbox } from "../../../../infra/local/inbox/server.ts";
import { violationsOn } from "../../../support/axe.ts";
import { browserOptions, hasBrowser, noBrowser } from "../../../support/browser.ts";
import { emptyInboxActions } from "../../../support/inbox-actions.ts";
import { addMail, addSms, audienceView, snapshotView, waitingView } from "../../../support/inbox-samples.ts";
import { skippedIf } from "../../../support/skipped.ts";

describe("the layout of the page", skippedIf(!hasBrowser, noBrowser), () => {
  const messages = openMessages();
  let browser: Browser;
  let page: Page;
  let inbox: Inbox;
  let empty: Inbox;

  beforeAll(async () => {
    browser = await chromium.launch(browserOptions);
    for (let i = 0; i < 20; i += 1) addMail(messages, `Story ${i}`, `Text ${i}\nhttps://tide.example/${i}`);
    addSms(messages, "A text https://tide.example/");
    const schedule = { expression: "daily 07:00", timeZone: "UTC", next: "2100-01-01T07:00:00.000Z" };
    const paused = { isPaused: true, entries: 0, held: 5, heldSubjects: ["a", "b", "c", "d", "e"] };
    const actions = emptyInboxActions({
      snapshots: async () => [snapshotView(0, { state: "quarantined", reason: "unknown-format: found a" })],
      audiences: () => [audienceView("morning", { schedule }), audienceView("alerts")],
      waiting: async () => [
        waitingView("morning"),
        waitingView("alerts", paused),
        waitingView("former", { isRemoved: true }),
      ],
      troubles: async () => [{ id: "1", key: "quarantine/m", code: "message-refused", reason: "Too long" }],
    });
    inbox = await openInbox(0, messages, actions);
    empty = await openInbox(0, openMessages(), emptyInboxActions());
  });
  afterAll(async () => {
    await browser.close();
    await inbox.close();
    await empty.close();
  });
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1400, height: 880 } });
    return () => page.close();
  });

  const open = async (address: string, url = inbox.url) => {
    await page.goto(`${url}/#/${address}`);
    await page.locator("#connection[data-state=live]").waitFor({ state: "attached" });
  };

  /** A computed style of the first element that a selector finds. */
  const look = (selector: string, property: string) =>
    page.evaluate<string>(
      `getComputedStyle(document.querySelector(${JSON.stringify(selector)})).${property}`,
    );

  describe.each([
    ["a wide page", 1400],
    ["a narrow page", 390],
  ])("printed from %s", (_, width) => {
    /** Everything but what is to be printed. */
    const controls =
      "button, input, .raw summary, a.button, a.back, .bar, .list-pane, .notices, dialog, select:not(#phone-number)";

    const print = async () => {
      await page.emulateMedia({ media: "print" });
      // The width of A4 between its margins.
      await page.setViewportSize({ width: 718, height: 1000 });
      await expect.poll(() => page.locator(controls).filter({ visible: true }).count()).toBe(0);
    };

    beforeEach(() => page.setViewportSize({ width, height: 880 }));

    test("a mail is alone on the paper", async () => {
      await open("inbox/mail/7");
      await page.locator("#mail h2", { hasText: "Story 6" }).waitFor();
      await print();
      await page.getByText("Text 6").last().waitFor();
      expect(await page.locator("#phone").isVisible()).toBe(false);
    });

    test("a telephone is alone on the paper", async () => {
      await open("inbox/phone/+12025550123");
      await page.locator(".bubble").waitFor();
      await print();
      await page.locator(".bubble").waitFor();
      expect(await page.locator("#mail").isVisible()).toBe(false);
      expect(await look("#phone-number", "appearance")).toBe("none");
    });

    test("a snapshot and the audiences are printed without their controls", async () => {
      await open("snapshots/v0/snapshots/tide/0.xml");
      const reason = page.locator("#snapshot .reason");
      await reason.waitFor();
      await print();
      expect(await reason.isVisible()).toBe(true);
      await open("audiences");
      const waits = page.locator(".card .waiting-list").first();
      await waits.waitFor();
      await print();
      expect(await waits.isVisible()).toBe(true);
    });
  });

  test("what a wide page shows without a selection is printed too", async () => {
    await open("inbox");
    await page.locator("#mail h2", { hasText: "Story 19" }).waitFor();
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize({ width: 718, height: 1000 });
    await page.locator("#mail h2", { hasText: "Story 19" }).waitFor();
    expect(await page.locator("#phone").isVisible()).toBe(false);
  });

  describe("at 390 pixels every target has 44 pixels", () => {
    /** Visible controls that are smaller. Addresses in the text of a message are as high as the text. */
    const small = () =>
      page.evaluate<
        string[]
      >(`Array.from(document.querySelectorAll("a[href], button, select, input, summary"))
        .filter((control) => control.checkVisibility() && !control.matches("p a"))
        .map((control) => [control, control.getBoundingClientRect()])
        .filter(([, { width, height }]) => width < 44 || height < 44)
        .map(([{ outerHTML }, { width, height }]) => width + " x " + height + " " + outerHTML.slice(0, 80))`);

    beforeEach(() => page.setViewportSize({ width: 390, height: 844 }));

    test.each([
      ["the list of mails", "inbox", "#mail-list a"],
      ["a mail", "inbox/mail/7", "#mail summary"],
      ["a telephone", "inbox/phone/+12025550123", ".bubbles summary"],
      ["the list of snapshots", "snapshots", "#snapshot-list a"],
      ["a snapshot", "snapshots/v0/snapshots/tide/0.xml", "#snapshot .button"],
      ["the audiences", "audiences", ".reason button"],
    ])("in %s", async (_, address, item) => {
      await open(address);
      await page.locator(item).first().waitFor();
      await expect.poll(small).toEqual([]);
    });

    test("in the list of telephones and in the dialogs", async () => {
      await open("inbox");
      await page.getByRole("button", { name: "Telephones" }).click();
      await page.locator("#phone-list a").waitFor();
      await expect.poll(small).toEqual([]);
      await page.getByRole("button", { name: "Clear" }).click();
      await page.locator("#clear-confirm").waitFor();
      await expect.poll(small).toEqual([]);
      await page.keyboard.press("Escape");
      await page.setInputFiles("#files", [{ name: "1.xml", mimeType: "text/xml", buffer: Buffer.from("1") }]);
      await page.locator("#upload-feed").waitFor();
      await expect.poll(small).toEqual([]);
    });

    test.each(["inbox", "snapshots", "audiences"])("in an empty stack: %s", async (place) => {
      await open(place, empty.url);
      await page.locator(`#${place}`).waitFor();
      await expect.poll(small).toEqual([]);
    });
  });

  describe.each(["light", "dark"] as const)("axe finds nothing, %s", (colorScheme) => {
    test.each([
      ["a telephone", "inbox/phone/+12025550123", ".bubble"],
      ["a mail that was removed", "inbox/mail/999", "#mail .nothing"],
      ["a quarantined snapshot", "snapshots/v0/snapshots/tide/0.xml", "#snapshot .reason"],
      ["audiences for which something waits", "audiences", ".card .waiting-list"],
    ])("%s", async (_, address, item) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 320, height: 844 });
      await open(address);
      await page.locator(item).first().waitFor();
      for (const width of [320, 1400]) {
        await page.setViewportSize({ width, height: 844 });
        await expect.poll(() => violationsOn(page)).toEqual([]);
      }
    });

    test.each(["inbox", "snapshots", "audiences"])("an empty stack: %s", async (place) => {
      await page.emulateMedia({ colorScheme });
      await open(place, empty.url);
      await expect.poll(() => violationsOn(page)).toEqual([]);
    });
  });

  test("enlarged to 400 %, the head scrolls away with the list, and a message has room", async () => {
    await page.setViewportSize({ width: 320, height: 256 });
    await open("inbox");
    const last = page.locator("#mail-list a").last();
    await last.scrollIntoViewIfNeeded();
    const head = page.locator("#inbox .pane-head");
    await expect.poll(async () => ((await head.boundingBox())?.y ?? 0) < 0).toBe(true);
    await last.click();
    await page.locator("#mail h2", { hasText: "Story 0" }).waitFor();
    const height = "document.querySelector('#mail').clientHeight";
    await expect.poll(() => page.evaluate<number>(height)).toBeGreaterThan(150);
  });

  test("colours of the reader's choice keep the pressed tab and the current row apart from the others", async () => {
    await page.emulateMedia({ forcedColors: "active" });
    await open("inbox");
    const ground = (selector: string) => look(selector, "backgroundColor");
    await expect.poll(() => ground("#tab-mail")).not.toBe(await ground("#tab-phone"));
    await expect.poll(() => ground(".places [aria-current]")).not.toBe(await ground(".places a:last-child"));
    await page.locator("#mail-list a[aria-current]").waitFor();
    expect(await look("#mail-list a[aria-current]", "borderInlineStartWidth")).toBe("5px");
    expect(await look("#mail-list a:not([aria-current])", "borderInlineStartWidth")).toBe("0px");
  });

  test.each(["inbox", "snapshots", "audiences"])(
    "until the stack answers, %s says that it loads",
    async (place) => {
      await page.route("**/api/updates", () => undefined);
      await page.goto(`${inbox.url}/#/${place}`);
      await page.locator(`#${place}`).getByText("Loading…").waitFor();
      await page.locator("#connection", { hasText: "connecting" }).waitFor();
      await expect
        .poll(() =>
          page
            .getByText(/^(No|Select) /)
            .filter({ visible: true })
            .count(),
        )
        .toBe(0);
    },
  );
});
