import { expect, test } from "vitest";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import type { CollectedMetric } from "../../infra/local/collected-metrics.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { openProxy } from "../faults/proxy.ts";
import { onlyOwnStack, skippedIf } from "../support/skipped.ts";
import { elsewhere } from "../support/stack-under-test.ts";

/** The long run is `SNAPSHOTS=1000 npx vitest run test/stack/metrics.test.ts`. */
const snapshots = Number(process.env["SNAPSHOTS"] ?? 24);

/** What was uploaded, counted while it was written, and nothing that feedbell says. */
interface Truth {
  snapshots: number;
  entries: number;
  new: number;
  known: number;
  rejected: number;
  skipped: number;
  quarantined: number;
}

/** A feed in which an entry keeps its id, its link and its date. */
function rss(feed: string, titles: readonly string[], more = ""): string {
  const items = titles.map(
    (title) =>
      `<item><title>${title}</title><link>https://feed.example/${encodeURIComponent(title)}</link><guid>${title}</guid><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate><description>What happened to ${title} is told here in one sentence.</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${feed}</title><link>https://feed.example/</link><description>d</description>${items.join("")}${more}</channel></rss>`;
}

/** A feed whose entries are kept by its snapshots, newest first. */
function* uploadsOf(truth: Truth): Generator<{ readonly key: string; readonly body: string }> {
  const titles = new Map<string, string[]>();
  let last = { key: "", body: "" };
  for (let i = 0; i < snapshots; i++) {
    truth.snapshots++;
    if (i % 12 === 11) {
      truth.quarantined++;
      yield { key: `snapshots/town/${i}.bin`, body: "\u0000\u0001\u0002 no feed" };
    } else if (i % 8 === 7) {
      // The same bytes again, under the same feed: nothing is read.
      yield last;
    } else {
      const feed = ["town", "harbour", "hills"][i % 3] ?? "";
      const before = titles.get(feed) ?? [];
      // An audience wants no entry about the weather.
      const fresh = [`News ${i} of ${feed}`, ...(i % 5 === 0 ? [`Weather ${i} of ${feed}`] : [])];
      const all = [...fresh, ...before].slice(0, 10);
      titles.set(feed, all);
      truth.new += 1;
      truth.skipped += fresh.length - 1;
      truth.known += all.length - fresh.length;
      truth.rejected += i % 6 === 0 ? 1 : 0;
      truth.entries += all.length + (i % 6 === 0 ? 1 : 0);
      // An entry without a title, a link and a text can't become an alert.
      const empty = i % 6 === 0 ? "<item><author>a</author></item>" : "";
      last = { key: `snapshots/${feed}/${i}.xml`, body: rss(feed, all, empty) };
      yield last;
    }
  }
}

test(
  `the metrics of ${snapshots} snapshots are what was uploaded and what readers got, in spite of faults`,
  { timeout: 120_000 + snapshots * 1_500, ...skippedIf(elsewhere !== undefined, onlyOwnStack) },
  async () => {
    const rules = { exclude: ["weather"] };
    const configuration = parseConfiguration({
      audiences: [
        { name: "alerts", mode: "alerts", rules, messagesPerSecond: 100, firstImport: "digest" },
        { name: "digest", mode: "digest", rules, messagesPerSecond: 100 },
      ],
      maxRetrySeconds: 1,
    });
    const proxy = await openProxy();
    const stack = await startLocalStack({ configuration, functionEndpoint: proxy.url });
    try {
      proxy.connect(stack.endpoint, () => undefined);
      let publishes = 0;
      proxy.reset(
        ({ name }) =>
          name.startsWith("sns.PublishBatch") && publishes++ % 9 === 4 ? "error before" : undefined,
        {
          refusal: ({ audience, email }) =>
            audience === "alerts" && email.includes("News 2 of") ? "InvalidParameter" : undefined,
        },
      );
      const truth: Truth = {
        snapshots: 0,
        entries: 0,
        new: 0,
        known: 0,
        rejected: 0,
        skipped: 0,
        quarantined: 0,
      };
      for (const { key, body } of uploadsOf(truth)) {
        await stack.uploader.put(key, body);
        // Snapshots of a feed are read in their order, so that what is known is known.
        await stack.idle({ timeoutSeconds: 60 });
      }
      for (const { name } of stack.schedules()) await stack.fireSchedule(name);

      const collected = (await (
        await fetch(`${stack.inbox}/api/metrics`)
      ).json()) as readonly CollectedMetric[];
      const sumOf = (name: string, dimensions: Readonly<Record<string, string>> = {}) =>
        collected
          .filter(
            (metric) =>
              metric.name === name &&
              Object.keys(metric.dimensions).length === 1 + Object.keys(dimensions).length,
          )
          .filter((metric) =>
            Object.entries(dimensions).every(([key, value]) => metric.dimensions[key] === value),
          )
          .flatMap(({ periods }) => periods)
          .reduce((sum, period) => sum + period.sum, 0);
      const sums = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, sumOf(name)]));
      expect(sums(Object.keys(truth))).toEqual(truth);

      const mails = stack.messages().filter(({ channel }) => channel === "email");
      const texts = stack.messages().filter(({ channel }) => channel === "sms");
      const parts = texts.reduce((sum, message) => sum + (message.parts ?? 0), 0);
      const failed = proxy.seen
        .filter(({ fault }) => fault !== undefined)
        .flatMap(({ published }) => published);
      const kept = stack.keys("quarantine/").filter((key) => !key.endsWith(".reason.json"));
      const refused = kept.filter((key) => key.startsWith("quarantine/~messages/"));
      expect(mails.length).toBeGreaterThan(0);
      expect(failed.length).toBeGreaterThan(0);
      expect(refused).toHaveLength(1);
      expect(kept.length - refused.length).toBe(truth.quarantined);
      expect(sums(["sent", "smsParts", "refused", "retries", "crashes", "manyAttempts"])).toEqual({
        sent: mails.length,
        smsParts: parts,
        refused: refused.length,
        retries: failed.length,
        crashes: 0,
        manyAttempts: 0,
      });
      const mailsTo = (audience: string) => mails.filter((message) => message.audience === audience).length;
      expect(["alerts", "digest"].map((audience) => sumOf("sent", { audience }))).toEqual(
        ["alerts", "digest"].map(mailsTo),
      );
      const byCode = collected.filter(
        ({ name, dimensions }) => name === "quarantined" && "code" in dimensions,
      );
      expect(byCode.flatMap(({ periods }) => periods).reduce((sum, period) => sum + period.sum, 0)).toBe(
        truth.quarantined,
      );
      expect(sumOf("refused", { code: "message-refused" })).toBe(1);
      expect(
        collected.every(({ dimensions, namespace }) => dimensions["stack"] && namespace === "feedbell"),
      ).toBe(true);

      const age = collected.find(({ name }) => name === "deliveryAge");
      expect(age?.periods.reduce((sum, { count }) => sum + count, 0)).toBe(mails.length);
      const largest = (name: string) =>
        Math.max(
          ...collected
            .filter((one) => one.name === name)
            .flatMap(({ periods }) => periods)
            .map(({ maximum }) => maximum),
        );
      expect(largest("feeds")).toBe(3);
      expect(largest("silentFeeds")).toBe(0);
      expect(largest("subscriptionsConfirmed")).toBe(4);
      expect(largest("longPauses")).toBe(0);
    } finally {
      await stack.stop();
      await proxy.close();
    }
  },
);
