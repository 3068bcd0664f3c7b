import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openMessages } from "../../../../infra/local/inbox/messages.ts";
import { openInbox, type Inbox } from "../../../../infra/local/inbox/server.ts";
import type { AudienceView, WaitingView } from "../../../../infra/local/inbox/views.ts";
import { browserOptions, hasBrowser, noBrowser } from "../../../support/browser.ts";
import { emptyInboxActions } from "../../../support/inbox-actions.ts";
import { skippedIf } from "../../../support/skipped.ts";

const at = "2026-11-20T10:00:00.000Z";

const audience = (name: string, more: Partial<AudienceView> = {}): AudienceView => ({
  name,
  mode: "digest",
  topicArn: `arn:${name}`,
  rules: [],
  delivery: [],
  subscribers: [],
  ...more,
});

/** `listed` entries of those that wait for an audience. */
const waits = (name: string, listed: number, more: Partial<WaitingView> = {}): WaitingView => ({
  audience: name,
  isPaused: false,
  entries: listed,
  ...(listed > 0 && { since: at }),
  reasons: [],
  newest: Array.from({ length: listed }, (_, i) => ({ key: `${i}`, title: `Entry ${i}`, feed: "Tide", at })),
  held: 0,
  heldSubjects: [],
  ...more,
});

describe("what waits, on the page", skippedIf(!hasBrowser, noBrowser), () => {
  let browser: Browser;
  let page: Page;
  let inbox: Inbox;
  let waiting: readonly WaitingView[] = [];
  const resumed: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch(browserOptions);
    const schedule = { expression: "daily 07:00", timeZone: "UTC", next: "2100-01-01T07:00:00.000Z" };
    const actions = emptyInboxActions({
      audiences: () => [audience("morning", { schedule }), audience("alerts", { mode: "alerts" })],
      waiting: async () => waiting,
      fireSchedule: async () => true,
      resume: async (name) => resumed.push(name) > 0,
    });
    inbox = await openInbox(0, openMessages(), actions);
  });
  afterAll(async () => {
    await browser.close();
    await inbox.close();
  });
  beforeEach(async () => {
    page = await browser.newPage();
    return () => page.close();
  });

  const open = async (views: readonly WaitingView[]) => {
    waiting = views;
    await page.goto(`${inbox.url}/#/audiences`);
    return {
      morning: page.locator(".card", { has: page.getByRole("heading", { name: "morning" }) }),
      alerts: page.locator(".card", { has: page.getByRole("heading", { name: "alerts" }) }),
    };
  };

  test("three entries are shown, fifty after a click, and the others are counted", async () => {
    const { morning, alerts } = await open([waits("morning", 50, { entries: 1234, reasons: ["Because."] })]);
    await morning.getByRole("heading", { name: /^1,234 entries wait since .*20/ }).waitFor();
    await morning.getByText("Because.").waitFor();
    expect(await morning.locator(".waiting-list li:visible").count()).toBe(3);
    await morning.getByText("1,231 more").click();
    await morning.getByText("Entry 49").waitFor();
    await morning.getByText("and 1,184 more").waitFor();
    expect(await alerts.locator(".waiting").isVisible()).toBe(false);
    // An update keeps the list open.
    waiting = [waits("morning", 50, { entries: 1235, reasons: ["Because."] })];
    await morning.getByText("and 1,185 more").waitFor();
  });

  test("an update keeps open what was opened, of held messages and of entries", async () => {
    const subjects = ["First", "Second", "Third", "Fourth"];
    const both = { isPaused: true, pausedSince: at, held: 4, heldSubjects: subjects, entries: 1234 };
    const { morning } = await open([waits("morning", 50, both)]);
    await morning.getByText("1,231 more").click();
    await morning.getByText("Entry 49").waitFor();
    waiting = [waits("morning", 50, { ...both, entries: 1235 })];
    await morning.getByText("and 1,185 more").waitFor();
    await expect.poll(() => morning.getByText("Fourth").isVisible()).toBe(false);
    await morning.getByText("1 more").click();
    await morning.getByText("Fourth").waitFor();
    waiting = [waits("morning", 50, { ...both, entries: 1236 })];
    await morning.getByText("and 1,186 more").waitFor();
    await morning.getByText("Fourth").waitFor();
  });

  test("a schedule says that nothing waits", async () => {
    const { morning } = await open([]);
    await morning.getByText("No entry waits.").waitFor();
    await morning.getByRole("button", { name: "Send now" }).click();
    await page.getByText("The schedule of morning was run: nothing waited.").waitFor();
    expect(await morning.locator(".waiting-list").count()).toBe(0);
  });

  test("a paused audience shows what is held back, and is resumed", async () => {
    const paused = { isPaused: true, pausedSince: at, held: 2, heldSubjects: ["First", "Second"] };
    const { alerts } = await open([waits("alerts", 0, paused)]);
    await alerts.getByText("2 messages are held back until it is resumed.").waitFor();
    await alerts.getByText("Second").waitFor();
    await alerts.getByRole("button", { name: "Resume" }).click();
    await page.getByText("alerts is resumed.").waitFor();
    expect(resumed).toEqual(["alerts"]);
    waiting = [];
    await alerts.getByText("Paused").waitFor({ state: "detached" });
  });

  test("a daily limit shows what waits for the next day", async () => {
    const { alerts } = await open([waits("alerts", 0, { held: 1, heldSubjects: ["First"] })]);
    await alerts.getByText("1 message is held back until the next day (UTC).").waitFor();
    expect(await alerts.getByRole("button", { name: "Resume" }).count()).toBe(0);
  });

  test("entries of a removed audience are shown with the command that keeps them", async () => {
    await open([waits("former", 2, { isRemoved: true })]);
    const stranded = page.locator("#stranded-list li", { hasText: "former is not in the configuration" });
    await stranded.getByText("npx feedbell waiting move --from former --to NAME").waitFor();
    await stranded.getByText("Entry 1").waitFor();
    expect(await page.locator(".card .waiting-list").count()).toBe(0);
  });
});
