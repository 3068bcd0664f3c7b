import { CreateTopicCommand } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openEmulators, type Emulators } from "../../support/open-emulators.ts";
import {
  confirmCommand,
  resendCommand,
  subscribeCommand,
  subscribersCommand,
  unsubscribeCommand,
} from "../../../functions/commands/subscribers.ts";
import { runCommand } from "../../support/run-command.ts";

let emulators: Emulators;
let topic: string;
let count = 0;
beforeAll(async () => {
  emulators = await openEmulators();
});
afterAll(() => emulators.close());
beforeEach(async () => {
  count += 1;
  const created = await emulators.clients.sns.send(new CreateTopicCommand({ Name: `readers-${count}` }));
  topic = created.TopicArn ?? "";
});

const commands = {
  subscribe: subscribeCommand,
  unsubscribe: unsubscribeCommand,
  subscribers: subscribersCommand,
  resend: resendCommand,
  confirm: confirmCommand,
};

/** Runs a command about the topic; `news` is the name of its audience. */
const run = (command: keyof typeof commands, ...args: readonly string[]) =>
  runCommand(commands[command](), [...args, "--endpoint", emulators.endpoint.url, "--topic", topic]);
const subscribe = (...args: readonly string[]) => run("subscribe", "--audience", "news", ...args);
const subscriptions = () => [...(emulators.sns.topics.get(topic)?.subscriptions.values() ?? [])];
const mailsTo = (address: string) => emulators.mails.filter(({ to }) => to === address);
const lines = (out: string) =>
  out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as object);

describe("subscribe", () => {
  test("subscribes mail addresses and telephones, each once, and says what readers must do", async () => {
    const mail = `a${count}@example.org`;
    const { code, out } = await subscribe(mail, mail.replace("@e", "@E"), "+12025550123", "--yes");
    expect(code).toBe(0);
    expect(out).toContain(`news  email  ${mail}  subscribed, pending; the reader must open the link`);
    expect(out).toContain("news  sms  +12025550123  subscribed, confirmed\n");
    expect(subscriptions().map(({ endpoint }) => endpoint)).toEqual([mail, "+12025550123"]);
    const again = await subscribe(mail, "--yes", "--json");
    expect(lines(again.out)).toEqual([
      { audience: "news", protocol: "email", address: mail, state: "pending", outcome: "already subscribed" },
    ]);
    await emulators.sns.settled();
    expect(mailsTo(mail)).toHaveLength(1);
  });

  test("changes nothing where nobody can be asked", async () => {
    const { code, err } = await subscribe("reader@example.org");
    expect(code).toBe(2);
    expect(err).toContain("subscribe email reader@example.org");
    expect(err).toContain("this changes 1 address of the audience news");
    expect(err).toContain("confirm it with --yes");
    expect(subscriptions()).toEqual([]);
  });

  test("sends nothing if one address is wrong, and lists all mistakes", async () => {
    const { code, err } = await subscribe("good@example.org", "2025550123", "nobody", "--yes");
    expect(code).toBe(2);
    expect(err).toContain("2025550123: expected a telephone number with + and country code");
    expect(err).toContain("nobody: expected a mail address");
    expect(subscriptions()).toEqual([]);
  });

  test("sets the filter of a new reader, changes that of a confirmed one, keeps an equal one", async () => {
    await subscribe("+12025550123", "--filter", "feed=voa", "--yes");
    const filters = () => subscriptions().map(({ attributes }) => attributes.get("FilterPolicy"));
    expect(filters()).toEqual(['{"feed":["voa"]}']);
    const changed = await subscribe("+12025550123", "--filter", "feed=bbc", "--yes");
    expect(changed.out).toContain("filter set");
    expect(filters()).toEqual(['{"feed":["bbc"]}']);
    expect((await subscribe("+12025550123", "--filter", "feed=bbc")).out).toContain("already subscribed");
    const quota = await subscribe("+12025550124", "--filter", "feed=bbc", "--max-filters", "1", "--yes");
    expect(quota.err).toContain("has 1 filter policies and would get 1 more; its quota is 1");
  });
});

describe("subscribers", () => {
  test("lists more readers than one reply has, masked unless they are to be shown", async () => {
    const found = emulators.sns.topics.get(topic);
    if (!found) throw new Error("no topic");
    for (let i = 0; i < 205; i++) emulators.sns.subscribeConfirmed(found, "sms", `+1202555${1000 + i}`);
    await subscribe("reader@example.org", "--yes");
    const masked = await run("subscribers", "--audience", "news");
    expect(masked.out).toContain("news  email  r***@example.org  pending\n");
    expect(masked.out).toContain("1 audience: 205 confirmed, 1 pending");
    expect(masked.out).not.toContain("+12025551000");
    const shown = lines((await run("subscribers", "--audience", "news", "--json", "--show")).out);
    expect(shown).toHaveLength(206);
    expect(shown[0]).toMatchObject({ audience: "news", protocol: "sms", address: "+12025551000" });
  });

  test("--details has filters and protection", async () => {
    await subscribe("+12025550123", "--filter", "feed=voa", "--yes");
    const [reader] = lines((await run("subscribers", "--details", "--json")).out);
    expect(reader).toMatchObject({ filter: { feed: ["voa"] }, protected: false, state: "confirmed" });
  });
});

describe("unsubscribe", () => {
  test("ends a subscription, in upper or lower case", async () => {
    const found = emulators.sns.topics.get(topic);
    if (found) emulators.sns.subscribeConfirmed(found, "email", "Reader@example.org");
    const { code, out } = await run("unsubscribe", "--audience", "news", "reader@example.org", "--yes");
    expect({ code, out }).toEqual({ code: 0, out: "news  email  Reader@example.org  unsubscribed\n" });
    expect(subscriptions()).toEqual([]);
  });

  test("changes nothing if one of the addresses is not subscribed", async () => {
    await subscribe("+12025550123", "--yes");
    const { code, err } = await run("unsubscribe", "+12025550123", "+12025550124", "--yes");
    expect(code).toBe(1);
    expect(err).toContain(
      "+12025550124: not-subscribed: There is no such subscription; nothing was changed.",
    );
    expect(subscriptions()).toHaveLength(1);
  });

  test("says what becomes of a reader who has not confirmed", async () => {
    await subscribe("late@example.org", "--yes");
    const { code, out } = await run("unsubscribe", "late@example.org");
    expect(code).toBe(0);
    expect(out).toContain("not confirmed: gets nothing, and SNS deletes it within 48 hours");
  });

  test("needs an audience, or all of them", async () => {
    const { code, err } = await runCommand(unsubscribeCommand(), ["reader@example.org"]);
    expect(code).toBe(2);
    expect(err).toContain("--audience NAME, or --all for every audience");
  });
});

describe("resend and confirm", () => {
  test("a reader gets the confirmation again, and --protect ends the power of the mail's link", async () => {
    const address = `pending${count}@example.org`;
    await subscribe(address, "--protect", "--yes");
    const again = await run("resend", address, "--yes", "--json");
    expect(lines(again.out)).toEqual([
      { audience: `readers-${count}`, protocol: "email", address, state: "pending", outcome: "sent" },
    ]);
    await emulators.sns.settled();
    const [, second] = mailsTo(address);
    const token = /confirm\.example\/(\w+)/.exec(second?.text ?? "")?.[1] ?? "";
    const link = `https://sns.us-east-1.amazonaws.com/confirmation.html?TopicArn=${topic}&Token=${token}&Endpoint=${address}`;
    const confirmed = await run("confirm", link, "--protect", "--yes", "--json");
    expect(lines(confirmed.out)).toEqual([
      { audience: `readers-${count}`, state: "confirmed", protected: true },
    ]);
    const [subscription] = subscriptions();
    expect(emulators.sns.unsubscribe(subscription?.arn ?? "")).toBe("guarded");
    expect((await run("resend", address, "--yes")).out).toBe("no confirmations sent; 1 already confirmed\n");
    expect((await run("resend", "--pending", "--yes")).out).toBe("no confirmations sent\n");
  });

  test("a link without a token is refused", async () => {
    const { code, err } = await run("confirm", "https://example.org/", "--yes");
    expect(code).toBe(2);
    expect(err).toContain("Expected the link of a confirmation mail");
  });
});

test("an error of the service is printed with what to do, and exits with 1", async () => {
  topic = `${topic}-gone`;
  const { code, err } = await subscribe("reader@example.org", "--yes");
  expect(code).toBe(1);
  expect(err).toContain("subscribe: NotFoundException: The service refused the call.");
});

test("an unknown audience is refused with the nearest name", async () => {
  const { code, err } = await runCommand(subscribersCommand(), [
    "--audience",
    "alert",
    "--endpoint",
    "http://127.0.0.1:9",
  ]);
  expect(code).toBe(2);
  expect(err).toContain('There is no audience "alert"; did you mean alerts?');
});
