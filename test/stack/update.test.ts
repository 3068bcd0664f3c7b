import { afterAll, beforeAll, expect, test } from "vitest";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import type { LocalStack } from "../../infra/local/local-stack.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { rss } from "../support/stack-under-test.ts";

const alerts = { name: "alerts", mode: "alerts" };
const before = parseConfiguration({ audiences: [alerts] });
const after = parseConfiguration({
  audiences: [
    { ...alerts, rules: { exclude: ["football"] } },
    { name: "evening", mode: "digest", schedule: "daily 18:00" },
    { name: "news", mode: "digest" },
  ],
});

let stack: LocalStack;
beforeAll(async () => {
  stack = await startLocalStack({ configuration: before });
}, 60_000);
afterAll(() => stack.stop());

const receivers = (text: string): readonly string[] =>
  stack
    .messages()
    .filter((message) => message.text.includes(text))
    .map(({ channel, audience }) => `${channel} ${audience}`)
    .toSorted();

const upload = async (...titles: readonly string[]) => {
  await stack.uploader.put("snapshots/paper/feed.xml", Buffer.from(rss("Paper", ...titles)));
};

test(
  "a changed configuration is taken over; messages, readers and the ledger stay",
  { timeout: 120_000 },
  async () => {
    await upload("The old bridge opens again");
    await stack.idle();
    expect(receivers("The old bridge opens again")).toEqual(["email alerts", "sms alerts"]);

    // Still in the queue, or with a process of the old configuration, when the configuration changes.
    await upload("The old bridge opens again", "A message on its way");
    expect(await stack.update(after)).toBe(
      "the changed configuration is in use; new audiences: evening, news",
    );
    await stack.idle();
    expect(receivers("A message on its way")).toEqual(
      expect.arrayContaining(["email alerts", "sms alerts"]) as string[],
    );
    expect(receivers("A message on its way").filter((one) => one === "email alerts")).toHaveLength(1);
    expect(receivers("The old bridge opens again").filter((one) => one === "email alerts")).toHaveLength(1);

    await upload("The old bridge opens again", "A message on its way", "Football tonight", "A new library");
    await stack.idle();
    expect(receivers("A new library")).toEqual(["email alerts", "email news", "sms alerts", "sms news"]);
    expect(receivers("Football tonight")).toEqual(["email news", "sms news"]);
    expect(Object.keys(stack.topics)).toEqual(["alerts", "evening", "news"]);
    expect(stack.schedules().map(({ expression }) => expression)).toContain("cron(0 18 * * ? *)");
    const shown = (await (await fetch(`${stack.inbox}/api/audiences`)).json()) as { name: string }[];
    expect(shown.map(({ name }) => name)).toEqual(["alerts", "evening", "news"]);
  },
);

test("the same configuration again changes nothing", { timeout: 60_000 }, async () => {
  const { processes } = stack;
  expect(await stack.update(after)).toBeUndefined();
  expect(stack.processes).toEqual(processes);
});

test("what can't be taken over is refused, and the stack goes on", { timeout: 120_000 }, async () => {
  const renamed = parseConfiguration({ deployment: { stackName: "other" } });
  await expect(stack.update(renamed)).rejects.toMatchObject({
    name: "TemplateError",
    message: expect.stringContaining("stop the local stack and start it again") as string,
  });
  await upload("It goes on");
  await stack.idle();
  expect(receivers("It goes on")).toContain("email news");
});
