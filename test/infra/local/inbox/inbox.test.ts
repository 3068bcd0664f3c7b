import { get } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { SnsError } from "../../../../infra/local/emulators/sns/errors.ts";
import type { InboxActions } from "../../../../infra/local/inbox/actions.ts";
import { openMessages } from "../../../../infra/local/inbox/messages.ts";
import { openInbox, type Inbox } from "../../../../infra/local/inbox/server.ts";
import { openMailServer, type MailServer } from "../../../../infra/local/inbox/smtp.ts";
import { measureSms } from "../../../../infra/local/inbox/sms.ts";
import { emptyInboxActions } from "../../../support/inbox-actions.ts";

const messages = openMessages();
const topic = {
  arn: "arn:topic",
  name: "topic",
  attributes: new Map([["DisplayName", 'The "Bell" 钟']]),
  tags: new Map<string, string>(),
  subscriptions: new Map(),
};
const fireSchedule = vi.fn<(audience: string, at?: number) => Promise<boolean>>(
  async (audience) => audience === "daily",
);
const upload = vi.fn<InboxActions["upload"]>(async (key, body) => ({
  key,
  version: (await body.toArray()).join(""),
}));
let mailServer: MailServer;
let inbox: Inbox;

beforeAll(async () => {
  mailServer = openMailServer(messages, (arn) => `audience of ${arn}`);
  inbox = await openInbox(
    0,
    messages,
    emptyInboxActions({
      confirm: (token) => `confirmed ${token}`,
      unsubscribe: (arn) => `ended ${arn}`,
      schedules: () => [{ audience: "daily" }],
      fireSchedule,
      upload,
      replay: async ({ version }) => version === "v1",
      preview: async ({ key }) => (key === "snapshots/a/1" ? "<p>preview</p>" : undefined),
      subscribe: (_audience, protocol) => {
        if (protocol !== "email") throw new SnsError("InvalidParameter", "Invalid parameter: Protocol");
      },
      confirmSubscription: (arn) => arn === "arn:a",
    }),
  );
});
afterAll(async () => {
  await inbox.close();
  await mailServer.close();
});
beforeEach(() => messages.clear());

const api = async (method = "GET") => fetch(`${inbox.url}/api/messages`, { method });

describe("mail over SMTP", () => {
  const link = `https://feed.example/${"a-long-path/".repeat(40)}`;
  test.each([
    ["Chinese", "美国和伊拉克将开始旨在结束驻伊国际联军的会谈".repeat(3), "正文。\n\n结束"],
    ["Arabic", "مكتبة المدينة القديمة", "السطر الأول\n\u2068عنوان\u2069"],
    ["emoji and dots", "🔔 “quotes” – dashes", ".leading dot\n..two\n"],
    ["a long link", "link", `before\n${link}\nafter`],
    ["trailing spaces and From lines", "x", "From me\n>quoted \nend"],
  ])("%s is received unchanged", async (_, subject, text) => {
    await mailServer.send({ to: "reader@reader.example", topic, subject, text });
    const [message] = (await (await api()).json()) as { at: string }[];
    expect(message).toMatchObject({
      channel: "email",
      to: "reader@reader.example",
      audience: "audience of arn:topic",
      subject,
    });
    expect((message as unknown as { text: string }).text.trimEnd()).toBe(text.trimEnd());
    expect(new Date(message?.at ?? "").toISOString()).toBe(message?.at);
  });

  test("mails arrive in order", async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        mailServer.send({ to: "a@b.example", topic, subject: `${i}`, text: "x" }),
      ),
    );
    expect(messages.all().map(({ message }) => message.subject)).toEqual(
      Array.from({ length: 20 }, (_, i) => `${i}`),
    );
  });

  test("the raw bytes are available until the inbox is cleared", async () => {
    await mailServer.send({ to: "a@b.example", topic, subject: "raw", text: "x" });
    const id = messages.all()[0]?.id;
    const raw = await (await fetch(`${inbox.url}/mails/${id}.eml`)).text();
    expect(raw).toMatch(/^Subject: raw\r$/m);
    expect((await api("DELETE")).status).toBe(204);
    expect((await fetch(`${inbox.url}/mails/${id}.eml`)).status).toBe(404);
    expect(await (await api()).json()).toEqual([]);
  });
});

describe("the page's server", () => {
  test("allows only its own scripts and styles", async () => {
    const reply = await fetch(inbox.url);
    expect(reply.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const policy = reply.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    expect(await reply.text()).not.toMatch(/<script(?![^>]*src=)|style=| on\w+=/);
  });

  test("rejects other host names (DNS rebinding)", async () => {
    const status = await new Promise((resolve) => {
      get(`${inbox.url}/api/messages`, { headers: { host: "evil.example" } }, (reply) => {
        reply.resume();
        resolve(reply.statusCode);
      });
    });
    expect(status).toBe(421);
  });

  test("sends new messages as events", async () => {
    const reply = await fetch(`${inbox.url}/api/updates`);
    let seen = "";
    const reading = (async () => {
      for await (const piece of reply.body ?? []) seen += Buffer.from(piece as Uint8Array).toString();
    })();
    const message = {
      channel: "sms",
      to: "+1",
      audience: "a",
      subject: "",
      text: "one\ntwo",
      parts: 1,
      at: "",
    } as const;
    messages.add({ message, encoding: "GSM-7" });
    await vi.waitFor(() => expect(seen).toContain('"text":"one\\ntwo"'), 60_000);
    await reply.body?.cancel().catch(() => undefined);
    void reading.catch(() => undefined);
  });

  describe("at /api/schedules", () => {
    const fire = (audience: string, body?: string, headers: Readonly<Record<string, string>> = {}) =>
      fetch(`${inbox.url}/api/schedules/${audience}`, {
        method: "POST",
        headers,
        ...(body !== undefined && { body }),
      });
    beforeEach(() => fireSchedule.mockClear());

    test("lists schedules", async () => {
      expect(await (await fetch(`${inbox.url}/api/schedules`)).json()).toEqual([{ audience: "daily" }]);
    });

    test.each([
      [undefined, undefined],
      ["", undefined],
      ["{}", undefined],
      ['{"at":"2026-11-26T07:00:00Z"}', Date.parse("2026-11-26T07:00:00Z")],
      ['{"at":"2026-11-26T15:00:00+08:00"}', Date.parse("2026-11-26T07:00:00Z")],
    ])("fires a schedule with the body %j", async (body, at) => {
      const reply = await fire("daily", body);
      expect(reply.status).toBe(200);
      expect(await reply.json()).toEqual({ audience: "daily" });
      expect(fireSchedule.mock.calls).toEqual([["daily", at]]);
    });

    test.each([
      ["no JSON", 400, "not a JSON object"],
      ["[]", 400, "not a JSON object"],
      ['{"at":5}', 400, "at: found 5; expected a time"],
      ['{"at":"tomorrow"}', 400, 'at: found "tomorrow"; expected a time'],
      ["x".repeat(10_001), 413, "more than 10000 bytes"],
    ])("refuses the body %j", async (body, status, reason) => {
      const reply = await fire("daily", body);
      expect(reply.status).toBe(status);
      expect(await reply.text()).toContain(reason);
      expect(fireSchedule).not.toHaveBeenCalled();
    });

    test("says which audience has no schedule", async () => {
      const reply = await fire("alerts");
      expect(reply.status).toBe(404);
      expect(await reply.text()).toBe("The audience alerts has no schedule.");
    });

    test("refuses the page of another site", async () => {
      expect((await fire("daily", "{}", { origin: "https://evil.example" })).status).toBe(403);
      expect((await fire("daily", "{}", { origin: inbox.url })).status).toBe(200);
    });
  });

  describe("at its other routes", () => {
    const ask = (
      method: string,
      path: string,
      body?: string,
      headers: Readonly<Record<string, string>> = {},
    ) => fetch(`${inbox.url}${path}`, { method, headers, ...(body !== undefined && { body }) });

    test.each(["/", "/api/messages", "/api/updates", "/api/hints", "/api/audiences"])(
      "answers HEAD %s as GET, without a body",
      async (path) => {
        const reply = await ask("HEAD", path);
        expect(reply.status).toBe(200);
        expect(await reply.text()).toBe("");
        expect(reply.headers.get("content-security-policy")).toContain("default-src 'none'");
      },
    );

    test("refuses other methods and unknown paths", async () => {
      expect((await ask("POST", "/api/messages")).status).toBe(405);
      expect((await ask("GET", "/api/nothing")).status).toBe(404);
    });

    test.each([
      ["DELETE", "/api/messages"],
      ["PUT", "/api/snapshots?feed=a&name=b"],
      ["POST", "/api/snapshots/replay"],
      ["POST", "/api/subscriptions"],
      ["POST", "/api/subscriptions/confirm"],
      ["DELETE", "/api/subscriptions?arn=arn:a"],
    ])("refuses %s %s of another site's page", async (method, path) => {
      const foreign = [
        { origin: "https://evil.example" },
        { origin: "null" },
        { "sec-fetch-site": "cross-site" },
      ];
      for (const headers of foreign) expect((await ask(method, path, undefined, headers)).status).toBe(403);
    });

    test("uploads a snapshot under its feed, or without one", async () => {
      const reply = await ask("PUT", "/api/snapshots?feed=%E6%B5%B7&name=1.xml", "<rss/>");
      expect(await reply.json()).toEqual({ key: "snapshots/海/1.xml", version: "<rss/>" });
      expect(upload.mock.lastCall?.[2]).toBe(6);
      expect(await (await ask("PUT", "/api/snapshots?name=1.xml", "")).json()).toMatchObject({
        key: "snapshots/1.xml",
      });
      for (const query of ["feed=a", "feed=a&name=", "feed=a/b&name=c", "feed=a&name=b/c"])
        expect((await ask("PUT", `/api/snapshots?${query}`, "x")).status).toBe(400);
    });

    test("replays a version", async () => {
      const version = { key: "snapshots/a/1", version: "v1" };
      expect((await ask("POST", "/api/snapshots/replay", JSON.stringify(version))).status).toBe(202);
      const gone = JSON.stringify({ ...version, version: "v2" });
      expect((await ask("POST", "/api/snapshots/replay", gone)).status).toBe(404);
      const reply = await ask("POST", "/api/snapshots/replay", '{"key": 5}');
      expect([reply.status, await reply.text()]).toEqual([400, "key: found 5; expected a text."]);
    });

    test("shows a preview that can't execute anything", async () => {
      const reply = await ask("GET", "/api/snapshots/preview?key=snapshots/a/1&version=v1");
      expect(await reply.text()).toBe("<p>preview</p>");
      expect(reply.headers.get("content-security-policy")).toMatch(
        /^default-src 'none'; style-src .*sandbox$/,
      );
      expect((await ask("GET", "/api/snapshots/preview?key=b&version=v1")).status).toBe(404);
    });

    test("subscribes and confirms, and says why SNS refuses", async () => {
      const body = { audience: "a", protocol: "email", endpoint: "x@y.example" };
      expect((await ask("POST", "/api/subscriptions", JSON.stringify(body))).status).toBe(201);
      const refused = await ask("POST", "/api/subscriptions", JSON.stringify({ ...body, protocol: "fax" }));
      expect([refused.status, await refused.text()]).toEqual([400, "Invalid parameter: Protocol"]);
      expect((await ask("POST", "/api/subscriptions/confirm", '{"arn": "arn:a"}')).status).toBe(200);
      expect((await ask("POST", "/api/subscriptions/confirm", '{"arn": "arn:b"}')).status).toBe(404);
      expect(await (await ask("DELETE", "/api/subscriptions?arn=arn%3Aa")).text()).toBe("ended arn:a");
    });
  });

  test("links confirm and end subscriptions", async () => {
    expect(await (await fetch(`${inbox.url}/confirm?token=t`)).text()).toBe("confirmed t");
    expect(await (await fetch(`${inbox.url}/unsubscribe?arn=arn%3Aa`)).text()).toBe("ended arn:a");
    expect((await fetch(`${inbox.url}/nothing`)).status).toBe(404);
  });
});

test.each([
  ["x".repeat(160), 1, "GSM-7"],
  ["x".repeat(161), 2, "GSM-7"],
  ["€".repeat(80), 1, "GSM-7"],
  ["€".repeat(81), 2, "GSM-7"],
  ["界".repeat(70), 1, "UCS-2"],
  ["界".repeat(71), 2, "UCS-2"],
  ["界".repeat(135), 3, "UCS-2"],
])("SMS parts, case %#", (text, parts, encoding) => {
  expect(measureSms(text)).toEqual({ parts, encoding });
});
