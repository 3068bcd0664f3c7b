import { afterAll, beforeAll, expect, test } from "vitest";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { feedbell } from "../support/feedbell.ts";
import { onlyOwnStack, skippedIf } from "../support/skipped.ts";
import {
  elsewhere,
  eventually,
  openStackUnderTest,
  rss,
  unique,
  type StackUnderTest,
} from "../support/stack-under-test.ts";

let stack: StackUnderTest;
beforeAll(async () => {
  stack = await openStackUnderTest();
});
afterAll(() => stack.close());

test("subscribe, confirm by the mailed link, get a digest, unsubscribe, get nothing more", async ({
  skip,
}) => {
  if (stack.inbox === undefined) skip("this stack has no inbox (FEEDBELL_INBOX)");
  const address = `reader-${unique()}@example.org`;
  const options = [
    "--audience",
    "digest",
    "--endpoint",
    stack.endpoint,
    "--topic",
    stack.topics["digest"] ?? "",
  ];
  const run = (...args: readonly string[]) => feedbell([...args, ...options, "--yes"]);
  const mailsWith = async (text: string) =>
    (await stack.received(text)).filter(({ to, channel }) => to === address && channel === "email");
  const upload = async (title: string) => {
    await stack.upload(`snapshots/readers-${unique()}/feed.xml`, rss("Readers", title));
    // The sample readers show that the digest went out.
    await eventually(async () => expect(await stack.receivedBySamples(title)).not.toEqual([]));
  };

  const subscribed = await run("subscribe", address);
  expect(subscribed).toMatchObject({
    code: 0,
    out: expect.stringContaining("subscribed, pending") as string,
  });
  const link = await eventually(async () => {
    const [ask] = await mailsWith("confirm the subscription");
    const found = /http:\S+\/confirm\?\S+/.exec(ask?.text ?? "")?.[0];
    if (found === undefined) throw new Error("no confirmation mail yet");
    return found;
  });
  const early = `Before ${unique()}`;
  await upload(early);

  expect(await (await fetch(link)).text()).toContain("confirmed");
  const title = `Confirmed ${unique()}`;
  await upload(title);
  const [digest] = await eventually(async () => {
    const found = await mailsWith(title);
    expect(found).toHaveLength(1);
    return found;
  });
  expect(digest?.text).toContain(`https://feed.example/${encodeURIComponent(title)}`);
  expect(await mailsWith(early), "nothing before the confirmation").toEqual([]);

  const ended = await run("unsubscribe", address);
  expect(ended).toMatchObject({ code: 0, out: `digest  email  ${address}  unsubscribed\n` });
  const later = `Later ${unique()}`;
  await upload(later);
  await stack.quiet();
  expect(await mailsWith(later)).toEqual([]);
});

test(
  "a renamed audience reaches the readers of its earlier name",
  skippedIf(elsewhere !== undefined, onlyOwnStack),
  async () => {
    const configuration = parseConfiguration({
      audiences: [{ name: "football", rename: "sports", mode: "digest" }],
    });
    const renamed = await startLocalStack({ configuration });
    try {
      expect(Object.keys(renamed.topics)).toEqual(["football"]);
      expect(renamed.topics["football"]).toMatch(/-sports$/);
      const title = `Goal ${unique()}`;
      await renamed.uploader.put("snapshots/goals/feed.xml", rss("Goals", title));
      await renamed.idle();
      const [mail] = renamed.messages().filter(({ channel }) => channel === "email");
      expect(mail).toMatchObject({ to: "football@reader.example", audience: "football" });
      expect(mail?.text).toContain(title);
    } finally {
      await renamed.stop();
    }
  },
);
