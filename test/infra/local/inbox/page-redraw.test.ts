import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { SnsError } from "../../../../infra/local/emulators/sns/errors.ts";
import { openMessages, type Messages } from "../../../../infra/local/inbox/messages.ts";
import { openInbox, type Inbox } from "../../../../infra/local/inbox/server.ts";
import type { AudienceView, SnapshotView, WaitingView } from "../../../../infra/local/inbox/views.ts";
import { browserOptions, hasBrowser, noBrowser } from "../../../support/browser.ts";
import { emptyInboxActions } from "../../../support/inbox-actions.ts";
import {
  addMail,
  addSms,
  audienceView,
  snapshotView,
  subscriberView,
  waitingView,
} from "../../../support/inbox-samples.ts";
import { skippedIf } from "../../../support/skipped.ts";

describe("what an update of the page keeps and announces", skippedIf(!hasBrowser, noBrowser), () => {
  let browser: Browser;
  let page: Page;
  let messages: Messages;
  let inbox: Inbox;
  let snapshots: readonly SnapshotView[];
  let audiences: readonly AudienceView[];
  let waiting: readonly WaitingView[];

  const actions = emptyInboxActions({
    snapshots: async () => snapshots,
    audiences: () => audiences,
    waiting: async () => waiting,
    replay: async () => true,
    subscribe: () => {
      throw new SnsError("InvalidParameter", "Invalid parameter: Endpoint");
    },
    confirmSubscription: () => true,
  });

  beforeAll(async () => {
    browser = await chromium.launch(browserOptions);
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    snapshots = [];
    audiences = [];
    waiting = [];
    messages = openMessages();
    inbox = await openInbox(0, messages, actions);
    page = await browser.newPage({ viewport: { width: 1400, height: 700 } });
    return async () => {
      await page.close();
      await inbox.close();
    };
  });

  const open = async (address: string) => {
    await page.goto(`${inbox.url}/#/${address}`);
    await page.locator("#connection", { hasText: "live" }).waitFor();
  };

  /** Ends the stack, and starts another on the same port; `between` runs while the page has none. */
  const restart = async (between: () => void, next: Partial<typeof actions> = {}) => {
    const port = Number(new URL(inbox.url).port);
    await inbox.close();
    await page.getByText("The stack does not answer.").waitFor();
    between();
    inbox = await openInbox(port, messages, { ...actions, ...next });
    await page.locator("#connection", { hasText: "live" }).waitFor();
  };

  const value = (expression: string) => page.evaluate<unknown>(expression);
  /** What has the focus: the start of its markup. */
  const focused = () => value("document.activeElement.outerHTML.replace(/<path.*/s, '').slice(0, 300)");
  const top = (selector: string) =>
    page.evaluate<number>(`document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect().top`);
  /** Pixels that an element has moved from `before`. The browser rounds scroll positions. */
  const movedFrom = (before: number, selector: string) => async () =>
    Math.abs((await top(selector)) - before);

  describe("screen readers", () => {
    /** Collects each text that a live region gets from now on. */
    const listen = () =>
      value(`{
        window.announced = [];
        for (const region of document.querySelectorAll("[role=status], [role=alert], [aria-live]"))
          new MutationObserver(() => {
            const text = region.textContent.trim();
            if (text !== "" && !region.hidden) window.announced.push(text);
          }).observe(region, { childList: true, characterData: true, subtree: true, attributes: true });
      }`);
    const announced = () => value("window.announced");

    test("hear of new messages, once for those that come together", async () => {
      addMail(messages, "First");
      await open("inbox");
      await page.locator("#mail-list a").waitFor();
      await listen();
      for (const subject of ["Second", "Third"]) addMail(messages, subject);
      addSms(messages, "Fourth");
      await expect.poll(announced).toEqual(["3 new messages"]);
      // The page is drawn again, by the reader and by the stack.
      await page.getByRole("searchbox").fill("Third");
      await expect.poll(() => page.locator("#mail-list a").count()).toBe(1);
      await page.getByRole("searchbox").fill("");
      await expect.poll(() => page.locator("#mail-list a").count()).toBe(3);
      snapshots = [snapshotView(1, { state: "quarantined" })];
      await page.locator("#badge-snapshots", { hasText: "1" }).waitFor();
      expect(await announced()).toEqual(["3 new messages"]);
      addMail(messages, "Fifth");
      await expect.poll(announced).toEqual(["3 new messages", "1 new message"]);
      addMail(messages, "Sixth");
      await expect.poll(announced).toEqual(["3 new messages", "1 new message", "1 new message"]);
    });

    test("hear of an error and of a lost connection", async () => {
      audiences = [audienceView("alerts")];
      await open("audiences");
      await page.getByLabel("Address of the new subscriber of alerts").fill("reader@reader.example");
      await listen();
      await page.getByRole("button", { name: "Subscribe" }).click();
      await expect.poll(announced).toEqual([expect.stringContaining("Invalid parameter: Endpoint")]);
      await restart(() => undefined);
      const lost = "The stack does not answer. The page shows what it had and tries again every few seconds.";
      await expect.poll(announced).toEqual([expect.anything(), "lost", lost, "live"]);
    });
  });

  describe("a lost connection", () => {
    test("keeps the selection and the scroll positions of the inbox", async () => {
      for (let i = 0; i < 60; i += 1) addMail(messages, `Story ${i}`, "A line\n".repeat(200));
      for (let i = 0; i < 40; i += 1) addSms(messages, `Text ${i}`);
      await open("inbox");
      const row = page.locator("#mail-list a", { hasText: "Story 30" });
      await row.click();
      await page.locator("#mail h2", { hasText: "Story 30" }).waitFor();
      await value("document.querySelector('#mail').scrollTop = 700");
      await value("document.querySelector('#phone-screen').scrollTop = 500");
      const current = "#mail-list a[aria-current]";
      await page.locator(current).waitFor();
      const before = await top(current);
      await restart(() => addMail(messages, "Story 60"));
      await page.locator("#mail-list a", { hasText: "Story 60" }).waitFor({ state: "attached" });
      await expect.poll(movedFrom(before, current)).toBeLessThan(2);
      await page.locator(current, { hasText: "Story 30" }).waitFor();
      await page.locator("#mail h2", { hasText: "Story 30" }).waitFor();
      await expect.poll(() => value("document.querySelector('#mail').scrollTop")).toBe(700);
      await expect.poll(() => value("document.querySelector('#phone-screen').scrollTop")).toBe(500);
      await expect.poll(focused).toContain("#/inbox/mail/31");
    });

    test("keeps the selection and the scroll positions of the snapshots", async () => {
      snapshots = Array.from({ length: 60 }, (_, i) => snapshotView(i));
      await page.setViewportSize({ width: 1400, height: 400 });
      await open("snapshots");
      await page.locator("#snapshot-list a", { hasText: "30.xml" }).click();
      await page.locator("#snapshot code", { hasText: "30.xml" }).waitFor();
      await value("document.querySelector('#snapshot').scrollTop = 200");
      const current = "#snapshot-list a[aria-current]";
      const before = await top(current);
      await restart(() => {
        snapshots = [snapshotView(60), ...snapshots];
      });
      await page.locator("#snapshot-list a", { hasText: "60.xml" }).waitFor({ state: "attached" });
      await expect.poll(movedFrom(before, current)).toBeLessThan(2);
      await page.locator("#snapshot code", { hasText: "30.xml" }).waitFor();
      await expect.poll(() => value("document.querySelector('#snapshot').scrollTop")).toBe(200);
    });

    test("keeps what was typed for an audience, and the scroll position", async () => {
      audiences = ["a", "b", "c", "d", "e", "f"].map((name) => audienceView(name));
      await open("audiences");
      await page.getByLabel("Address of the new subscriber of e").fill("someone@reader.example");
      await page.getByLabel("Address of the new subscriber of e").scrollIntoViewIfNeeded();
      const before = await value("document.querySelector('#audiences').scrollTop");
      expect(before).toBeGreaterThan(0);
      await restart(() => {
        audiences = audiences.map((audience) => ({
          ...audience,
          subscribers: audience.subscribers.map((reader) => ({ ...reader, isConfirmed: true })),
        }));
      });
      await page.locator(".card").getByText("confirmed", { exact: true }).nth(5).waitFor();
      const field = page.getByLabel("Address of the new subscriber of e");
      expect(await field.inputValue()).toBe("someone@reader.example");
      await expect.poll(focused).toContain("subscriber of e");
      await expect.poll(() => value("document.querySelector('#audiences').scrollTop")).toBe(before);
    });

    test("to a stack that was replaced by another shows the other's messages", async () => {
      addMail(messages, "Of the first stack");
      await open("inbox");
      await page.locator("#mail h2", { hasText: "Of the first stack" }).waitFor();
      const hints = { ...actions.hints(), pid: 2 };
      await restart(
        () => {
          messages = openMessages();
          addMail(messages, "Of the second stack");
        },
        { hints: () => hints },
      );
      await page.locator("#mail h2", { hasText: "Of the second stack" }).waitFor();
      const rows = page.locator("#mail-list .row-title");
      await expect.poll(() => rows.allTextContents()).toEqual(["Of the second stack"]);
    });
  });

  describe("the focus stays", () => {
    test("on a row of the inbox when messages arrive", async () => {
      for (let i = 0; i < 5; i += 1) addMail(messages, `Story ${i}`);
      addSms(messages, "One", "+12025550101");
      addSms(messages, "Two", "+12025550102");
      await open("inbox");
      await page.locator("#mail-list a", { hasText: "Story 2" }).focus();
      await page.keyboard.press("Enter");
      await page.locator("#mail-list a[aria-current]", { hasText: "Story 2" }).waitFor();
      addMail(messages, "Story 5");
      await page.locator("#mail-list a", { hasText: "Story 5" }).waitFor();
      await expect.poll(focused).toContain("#/inbox/mail/3");
      await page.keyboard.press("t");
      await page.locator("#phone-list a", { hasText: "0101" }).focus();
      // The number moves to the top of the list.
      addSms(messages, "Three", "+12025550101");
      await page.locator("#phone-list li:first-child a", { hasText: "0101" }).waitFor();
      await expect.poll(focused).toContain("+12025550101");
      addSms(messages, "Four", "+12025550102");
      await page.locator("#phone-list li:first-child a", { hasText: "0102" }).waitFor();
      await expect.poll(focused).toContain("+12025550101");
    });

    test("in the inbox when it stops being empty", async () => {
      await open("inbox");
      await page.getByRole("button", { name: "Choose files" }).focus();
      addMail(messages, "First");
      await page.locator("#mail-list a").waitFor();
      await expect.poll(focused).toMatch(/^<main id="inbox"/);
    });

    test("on Replay while the snapshot is read again", async () => {
      snapshots = [snapshotView(1, { state: "quarantined", reason: "unknown-format: found a" })];
      await open("snapshots");
      await page.getByRole("button", { name: "Replay" }).focus();
      await page.keyboard.press("Enter");
      snapshots = [snapshotView(1, { state: "queued" })];
      await page.locator("#snapshot .chip", { hasText: "queued" }).waitFor();
      await expect.poll(focused).toMatch(/^<button.*Replay|^<button.*icon-replay/s);
    });

    test("on the list of waiting entries while entries arrive", async () => {
      audiences = [audienceView("morning")];
      waiting = [waitingView("morning")];
      await open("audiences");
      await page.getByText("97 more").focus();
      await page.keyboard.press("Enter");
      await page.getByText("Entry 49").waitFor();
      waiting = [waitingView("morning", { entries: 101 })];
      await page.getByText("98 more").waitFor();
      await expect.poll(focused).toBe("<summary>98 more</summary>");
    });

    test("in the audience when its reader is confirmed or removed, and never on another button", async () => {
      audiences = [audienceView("morning")];
      await open("audiences");
      await page.getByRole("button", { name: "Confirm" }).focus();
      await page.keyboard.press("Enter");
      audiences = [
        audienceView("morning", {
          subscribers: [
            subscriberView("morning", "reader@reader.example", true),
            subscriberView("morning", "other@reader.example", true),
          ],
        }),
      ];
      await page.getByText("confirmed", { exact: true }).nth(1).waitFor();
      await expect.poll(focused).toMatch(/^<li class="card"/);
      await page.getByRole("button", { name: "Remove other@reader.example" }).focus();
      audiences = [audienceView("morning")];
      await page.getByRole("button", { name: "Remove other@" }).waitFor({ state: "detached" });
      await expect.poll(focused).toMatch(/^<li class="card"/);
    });
  });
});
