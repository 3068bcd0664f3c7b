import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openMessages } from "../../../../infra/local/inbox/messages.ts";
import { openInbox, type Inbox } from "../../../../infra/local/inbox/server.ts";
import { browserOptions, hasBrowser, noBrowser } from "../../../support/browser.ts";
import { emptyInboxActions } from "../../../support/inbox-actions.ts";
import { snapshotView } from "../../../support/inbox-samples.ts";
import { skippedIf } from "../../../support/skipped.ts";

describe("the page without a stack in a browser", skippedIf(!hasBrowser, noBrowser), () => {
  const hostile = [
    `<img src=x onerror="alert(1)">`,
    `<script>alert(2)</script>`,
    `"><svg onload=alert(3)>`,
    `javascript:alert(4)`,
    `http://x.example/"onmouseover="alert(5)`,
    `{{constructor.constructor('alert(6)')()}}`,
  ];
  const messages = openMessages();
  const at = "2026-11-20T10:00:00.000Z";
  const counts = { entries: 1, new: 1, known: 0, skipped: 0, rejected: 0 };
  let browser: Browser;
  let page: Page;
  let inbox: Inbox;
  let problems: string[];

  const actions = emptyInboxActions({
    snapshots: async () =>
      hostile.map((text, index) => ({
        key: `snapshots/${text}`,
        version: String(index),
        feed: text,
        at,
        state: "quarantined" as const,
        counts,
        reason: text,
      })),
    audiences: () =>
      hostile.map((text) => ({
        name: text,
        mode: "alerts" as const,
        topicArn: text,
        rules: [text],
        delivery: [text],
        subscribers: [{ arn: text, protocol: text, endpoint: text, isConfirmed: false, filter: text }],
      })),
    waiting: async () =>
      hostile.map((text) => ({
        audience: text,
        isPaused: false,
        entries: 1,
        reasons: [text],
        newest: [{ key: text, title: text, feed: text, at }],
        held: 1,
        heldSubjects: [text],
      })),
  });

  beforeAll(async () => {
    browser = await chromium.launch(browserOptions);
    inbox = await openInbox(0, messages, actions);
  });
  afterAll(async () => {
    await browser.close();
    await inbox.close();
  });
  beforeEach(async () => {
    problems = [];
    page = await browser.newPage();
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("dialog", (dialog) => {
      problems.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
  });

  test("text from feeds and settings is shown as text, never as markup", async () => {
    for (const text of hostile) {
      const common = { to: text, audience: text, text, at };
      messages.add({ raw: Buffer.from(text), message: { ...common, channel: "email", subject: text } });
      messages.add({ encoding: text, message: { ...common, channel: "sms", subject: "", parts: 1 } });
    }
    await page.goto(inbox.url);
    await page.locator("#mail-list a").nth(5).waitFor();
    const subjects = await page.locator("#mail-list .row-title").allTextContents();
    expect(subjects.toSorted()).toEqual(hostile.toSorted());
    const links: string[] = [];
    for (const [i, subject] of subjects.entries()) {
      await page.locator("#mail-list a").nth(i).click();
      await expect.poll(() => page.locator("#mail h2").textContent()).toBe(subject);
      const found =
        "Array.from(document.querySelectorAll('.mail-text a, .bubble a'), (link) => link.protocol)";
      links.push(...(await page.evaluate<string[]>(found)));
    }
    expect(new Set(links)).toEqual(new Set(["http:"]));
    await page.goto(`${inbox.url}/#/snapshots`);
    await page.locator("#snapshot-list a").nth(5).waitFor();
    await page.goto(`${inbox.url}/#/audiences`);
    await page.locator(".card .readers li").nth(5).waitFor();
    await page.locator(".card .waiting-list li").nth(11).waitFor();
    const active = "main img, main script, main [onerror], main [onmouseover], main [onload]";
    expect(await page.locator(active).count()).toBe(0);
    expect(problems).toEqual([]);
    await page.close();
  });

  test("a snapshot that was not read says why, instead of showing counts of 0", async () => {
    const none = { entries: 0, new: 0, known: 0, skipped: 0, rejected: 0 };
    const snapshot = (name: string, state: "unchanged" | "queued" | "done") => ({
      key: `snapshots/tide/${name}.xml`,
      version: name,
      feed: "tide",
      at,
      state,
      counts: none,
    });
    const list = [snapshot("same", "unchanged"), snapshot("new", "queued"), snapshot("empty", "done")];
    const other = await openInbox(0, messages, emptyInboxActions({ snapshots: async () => list }));
    await page.goto(`${other.url}/#/snapshots`);
    const row = (name: string) => page.locator("#snapshot-list a", { hasText: `${name}.xml` });
    await row("same").getByText("the same content as before").waitFor();
    await row("new").getByText("not read yet").waitFor();
    await row("empty").getByText("no entries").waitFor();
    await row("same").click();
    await page.locator("#snapshot").getByText("The same content as before.").waitFor();
    expect(await page.locator("#snapshot .tiles").count()).toBe(0);
    await row("empty").click();
    await page.locator("#snapshot .tiles").waitFor();
    await page.close();
    await other.close();
  });

  test("a long list says what it leaves out, and all snapshots can be shown, searched and opened", async () => {
    let many = Array.from({ length: 1_600 }, (_, i) => snapshotView(i));
    many[1_598] = snapshotView(1_598, { state: "dead-letter" });
    many[1_599] = snapshotView(1_599, { state: "quarantined" });
    const refusals = Array.from({ length: 1_002 }, (_, i) => ({
      id: String(i),
      key: `quarantine/messages/${i}`,
      code: "message-refused",
      reason: "Invalid parameter",
    }));
    const other = await openInbox(
      0,
      messages,
      emptyInboxActions({ snapshots: async () => many, troubles: async () => refusals }),
    );
    const rows = page.locator("#snapshot-list li");
    await page.goto(`${other.url}/#/snapshots`);
    await page.getByText("The newest 500 of 1,600 snapshots are shown.").waitFor();
    await expect.poll(() => rows.count()).toBe(500);
    // Failures count where they are not in the list.
    await page.locator("#badge-snapshots", { hasText: /^2$/ }).waitFor();
    await page.getByText("and 2 more: npx feedbell quarantine list").waitFor({ state: "attached" });

    await page.getByRole("searchbox").fill("1599.xml");
    await page.getByText("The newest 1,000 of 1,600 snapshots were searched.").waitFor();
    await expect.poll(() => rows.count()).toBe(0);
    await page.getByRole("button", { name: "Search all 1,600" }).click();
    await rows.getByText("1599.xml").waitFor();
    await page.locator("#more-snapshots").waitFor({ state: "hidden" });

    await page.getByRole("searchbox").fill("");
    for (const count of [1_000, 1_500, 1_600]) {
      await page.getByRole("button", { name: "Show 500 more" }).click();
      await expect.poll(() => rows.count()).toBe(count);
    }
    await page.locator("#more-snapshots").waitFor({ state: "hidden" });
    // One that is not among the newest is followed too.
    many = many.with(1_599, snapshotView(1_599, { state: "queued" }));
    await rows.last().getByText("queued").waitFor({ state: "attached" });

    await page.reload();
    await page.locator("#connection", { hasText: "live" }).waitFor();
    await page.evaluate("location.hash = '#/snapshots/v1599/snapshots/tide/1599.xml'");
    await page.locator("#snapshot code", { hasText: "1599.xml" }).waitFor();
    await page.close();
    await other.close();
  });

  test("a lost connection is shown until the stack answers again", async () => {
    const port = Number(new URL(inbox.url).port);
    await page.goto(inbox.url);
    await page.locator("#connection", { hasText: "live" }).waitFor();
    await inbox.close();
    await page.getByText("The stack does not answer.").waitFor();
    inbox = await openInbox(port, messages, actions);
    await page.locator("#connection", { hasText: "live" }).waitFor();
    await expect.poll(() => page.locator("#lost").isVisible()).toBe(false);
    await page.close();
  });
});
