import { setTimeout as sleep } from "node:timers/promises";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { range, rss } from "./snapshots.ts";

/** Ten audiences, of which one has a backlog of so many messages: how long the messages of the others take. */
export async function playFairness(
  backlog: number,
): Promise<{ readonly summary: string; readonly isKept: boolean }> {
  const names = range(1, 10).map((n) => `audience${n}`);
  const audiences = names.map((name, i) => ({
    name,
    mode: "alerts",
    maxAlerts: backlog,
    rules: { feeds: i === 0 ? ["flood", "news"] : ["news"] },
  }));
  const stack = await startLocalStack({ configuration: parseConfiguration({ audiences }) });
  const texts = () => stack.messages().filter(({ channel }) => channel === "sms");
  const put = (feed: string, numbers: readonly number[]) =>
    stack.uploader.put(`snapshots/${feed}/latest.xml`, rss(feed, numbers));
  try {
    // Both feeds are known, and the processes of the functions have started.
    await put("flood", [1]);
    await put("news", [1]);
    await stack.idle({ timeoutSeconds: 300 });
    await put("flood", range(1, backlog + 1));
    while ((await stack.waiting()).filter(({ groupId }) => groupId === names[0]).length < backlog / 2)
      await sleep(100);
    const times: number[] = [];
    for (const n of range(2, 6)) {
      const mark = `Case news-${n}.`;
      const start = Date.now();
      await put("news", range(1, n));
      const told = () => texts().filter(({ text, audience }) => text.includes(mark) && audience !== names[0]);
      while (told().length < 9 && Date.now() < start + 60_000) await sleep(50);
      if (told().length < 9)
        throw new Error(`${told().length} of 9 audiences got a message within a minute.`);
      times.push(...told().map(({ at }) => Date.parse(at) - start));
    }
    const waiting = (await stack.waiting()).filter(({ groupId }) => groupId === names[0]).length;
    const slowest = Math.max(...times) / 1000;
    return {
      isKept: slowest <= 3 && waiting > 0,
      summary: `Ten audiences, one with a backlog of ${backlog} messages (${waiting} of them left at the end): each of ${times.length} messages of the others arrived within ${slowest.toFixed(1)} s of its upload (median ${((times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0) / 1000).toFixed(1)} s)`,
    };
  } finally {
    await stack.stop();
  }
}
