import { SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import type { CollectedMetric } from "../../infra/local/collected-metrics.ts";
import type { LocalStack } from "../../infra/local/local-stack.ts";
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

interface Upload {
  readonly key: string;
  readonly body: string;
  /** Entries that were in no snapshot before. */
  readonly fresh: number;
}

/** A feed whose entries are kept by its snapshots, newest first. */
function* uploadsOf(truth: Truth): Generator<Upload> {
  const titles = new Map<string, string[]>();
  let last: Upload = { key: "", body: "", fresh: 0 };
  for (let i = 0; i < snapshots; i++) {
    truth.snapshots++;
    if (i % 12 === 11) {
      truth.quarantined++;
      yield { key: `snapshots/town/${i}.bin`, body: "\u0000\u0001\u0002 no feed", fresh: 0 };
    } else if (i % 8 === 7) {
      // The same bytes again, under the same feed: nothing is read.
      yield { ...last, fresh: 0 };
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
      last = { key: `snapshots/${feed}/${i}.xml`, body: rss(feed, all, empty), fresh: fresh.length };
      yield last;
    }
  }
}

/** Sets the visibility timeout of a queue. */
async function hideFor({ endpoint, region }: LocalStack, QueueUrl: string, seconds: number): Promise<void> {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const sqs = new SQSClient({ endpoint, region, credentials });
  const Attributes = { VisibilityTimeout: String(seconds) };
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  sqs.destroy();
}

/** Only the long run kills the process of a snapshot twice, before it has decided. */
const isLong = snapshots >= 100;

/** Calls of one kind of which one in so many kills its process: each death costs a visibility timeout. */
const deathEvery = Math.max(20, Math.ceil(snapshots / 6));

test(
  `the metrics of ${snapshots} snapshots are what was uploaded and what readers got, in spite of faults and deaths`,
  { timeout: 240_000 + snapshots * 3_000, ...skippedIf(elsewhere !== undefined, onlyOwnStack) },
  async () => {
    const exclude = ["weather"];
    const configuration = parseConfiguration({
      audiences: [
        // A snapshot is sent to one audience, so that a process that dies has one publish at a time.
        {
          name: "alerts",
          mode: "alerts",
          rules: { exclude, feeds: ["town", "harbour"] },
          messagesPerSecond: 100,
          firstImport: "digest",
        },
        { name: "digest", mode: "digest", rules: { exclude, feeds: ["hills"] }, messagesPerSecond: 100 },
      ],
      maxRetrySeconds: 1,
    });
    const proxy = await openProxy();
    const stack = await startLocalStack({ configuration, functionEndpoint: proxy.url, timeoutSeconds: 12 });
    try {
      // A message of a process that died is received again once its claim is free, and not six time-outs later.
      await hideFor(stack, stack.queues.intake, 22);
      await hideFor(stack, stack.queues.outbox, 14);
      proxy.connect(stack.endpoint, (traceId) => {
        for (const process of stack.processes) if (process.traceId === traceId) process.kill("SIGKILL");
      });
      let [publishes, plans, enqueues] = [0, 0, 0];
      let fresh = 0;
      let [knownAgain, crashes] = [0, 0];
      // Of the upload: attempts to publish its message, and deaths of ingest. A death counts from the second receive on.
      let [attempts, deaths] = [0, 0];
      const die = (isAgain: boolean) => {
        if (isAgain) crashes++;
      };
      proxy.reset(
        ({ name }) => {
          if (name.startsWith("sns.PublishBatch")) {
            const turn = publishes++;
            const isAgain = attempts++ > 0;
            if (turn % deathEvery === 7) {
              die(isAgain);
              return "killed after";
            }
            return turn % 9 === 4 ? "error before" : undefined;
          }
          if (name.startsWith("s3.PutObject plans")) {
            const turn = isLong ? plans++ % deathEvery : Infinity;
            if (turn !== 6 && turn !== 7) return undefined;
            die(deaths++ > 0);
            return "killed before";
          }
          if (name !== "sqs.SendMessageBatch outbox" || enqueues++ % deathEvery !== 2) return undefined;
          // After the seal: the next run finds as known what this one has decided.
          knownAgain += fresh;
          die(deaths++ > 0);
          return "killed after";
        },
        {
          refusal: ({ audience, email }) =>
            audience === "alerts" && email.includes("News 1 of") ? "InvalidParameter" : undefined,
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
      for (const { key, body, ...upload } of uploadsOf(truth)) {
        fresh = upload.fresh;
        [attempts, deaths] = [0, 0];
        await stack.uploader.put(key, body);
        // Snapshots of a feed are read in their order, so that what is known is known.
        await stack.idle({ timeoutSeconds: 120 });
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
      expect(crashes > 0).toBe(isLong);
      expect(knownAgain).toBeGreaterThan(0);
      expect(sums(Object.keys(truth))).toEqual({ ...truth, known: truth.known + knownAgain });

      // SNS accepted some of them and the process that published them died: they were sent twice and counted once.
      const unlearnt = proxy.seen
        .filter(({ name, fault }) => name.startsWith("sns.PublishBatch") && fault === "killed after")
        .flatMap(({ accepted }) => accepted);
      const received = stack.messages();
      const once = [
        ...new Map(
          received.map((message) => [
            `${message.channel} ${message.audience} ${message.subject} ${message.text}`,
            message,
          ]),
        ).values(),
      ];
      const mails = once.filter(({ channel }) => channel === "email");
      const texts = once.filter(({ channel }) => channel === "sms");
      expect(unlearnt.length).toBeGreaterThan(0);
      expect(received.length - once.length).toBe(2 * unlearnt.length);
      const parts = texts.reduce((sum, message) => sum + (message.parts ?? 0), 0);
      const failed = proxy.seen
        .filter(({ fault }) => fault === "error before")
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
        crashes,
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
