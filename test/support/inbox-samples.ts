import type { Messages } from "../../infra/local/inbox/messages.ts";
import type { AudienceView, SnapshotView, WaitingView } from "../../infra/local/inbox/views.ts";

const at = "2026-11-20T10:00:00.000Z";

/** Adds a mail that was published to SNS. */
export function addMail(messages: Messages, subject: string, text = subject): void {
  const published = publishedAs(messages, text);
  const message = {
    channel: "email",
    to: "reader@reader.example",
    audience: "alerts",
    subject,
    text,
  } as const;
  messages.add({ raw: Buffer.from(text), published, message: { ...message, at } });
}

/** Adds a text message that was published to SNS. */
export function addSms(messages: Messages, text: string, to = "+12025550123"): void {
  const published = publishedAs(messages, text);
  const message = { channel: "sms", to, audience: "alerts", subject: "", text, parts: 1, at } as const;
  messages.add({ encoding: "GSM-7", published, message });
}

function publishedAs(messages: Messages, text: string) {
  const id = `published-${messages.all().length}`;
  const attributes = { feed: { type: "String", value: "tide" } };
  const published = { id, topicArn: "arn:alerts", texts: { default: text }, attributes, at };
  messages.keepPublished(published);
  return published;
}

/** A snapshot of the feed `tide` that was read. */
export const snapshotView = (index: number, more: Partial<SnapshotView> = {}): SnapshotView => ({
  key: `snapshots/tide/${index}.xml`,
  version: `v${index}`,
  feed: "tide",
  at,
  state: "done",
  counts: { entries: 1, new: 1, known: 0, skipped: 0, rejected: 0 },
  ...more,
});

/** An audience with a reader to confirm. */
export const audienceView = (name: string, more: Partial<AudienceView> = {}): AudienceView => ({
  name,
  mode: "digest",
  topicArn: `arn:${name}`,
  rules: [],
  delivery: ["One digest per snapshot."],
  subscribers: [subscriberView(name, "reader@reader.example", false)],
  ...more,
});

export const subscriberView = (audience: string, endpoint: string, isConfirmed: boolean) => ({
  arn: `arn:${audience}:${endpoint}`,
  protocol: "email",
  endpoint,
  isConfirmed,
});

/** Entries that wait, more than the page shows at once. */
export const waitingView = (audience: string, more: Partial<WaitingView> = {}): WaitingView => ({
  audience,
  isPaused: false,
  entries: 100,
  since: at,
  reasons: [],
  newest: Array.from({ length: 50 }, (_, i) => ({ key: `${i}`, title: `Entry ${i}`, feed: "Tide", at })),
  held: 0,
  heldSubjects: [],
  ...more,
});
