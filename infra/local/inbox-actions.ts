import { uploadHint } from "./addresses.ts";
import type { Configuration } from "../../functions/core/configuration.ts";
import type { StackNames } from "../../functions/console/live-stack.ts";
import type { Endpoint } from "./emulators/endpoint.ts";
import type { Version } from "./emulators/s3/buckets.ts";
import type { Sns } from "./emulators/sns/sns.ts";
import { findSubscription, type Subscription } from "./emulators/sns/topics.ts";
import type { InboxActions, ShownVersion } from "./inbox/actions.ts";
import { deliveryInWords, slotsInWords } from "./inbox/delivery-words.ts";
import { RequestError } from "./inbox/requests.ts";
import { rulesInWords } from "./inbox/rule-words.ts";
import type { AudienceView, SubscriberView } from "./inbox/views.ts";
import type { LogMemory } from "./log-memory.ts";
import type { Replays } from "./replay-version.ts";
import type { CollectedMetrics } from "./collected-metrics.ts";
import type { AudienceSchedules } from "./schedules/audience-schedules.ts";
import type { SnapshotStates } from "./snapshot-states.ts";
import type { Troubles } from "./troubles.ts";
import type { Uploader } from "./upload.ts";
import type { Waiting } from "./waiting.ts";

/** The parts of a running stack that the page shows and acts on. */
export interface ShownStack {
  readonly endpoint: Endpoint;
  readonly sns: Sns;
  readonly names: StackNames;
  readonly configuration: Configuration;
  readonly snapshots: SnapshotStates;
  readonly troubles: Pick<Troubles, "all">;
  readonly logMemory: Pick<LogMemory, "after">;
  readonly schedules: AudienceSchedules;
  readonly metrics: Pick<CollectedMetrics, "all">;
  readonly uploader: Uploader;
  readonly replay: Replays["run"];
  readonly waiting: Pick<Waiting, "all" | "resume">;
  /** The stack stops by itself. */
  readonly passing: boolean;
}

/** The page's actions on a stack. `find` returns `undefined` while the stack starts: its pages are told to come back. */
export function openInboxActions(find: () => ShownStack | undefined): InboxActions {
  const stack = (): ShownStack => {
    const found = find();
    if (!found) throw new RequestError(503, "The stack is starting.");
    return found;
  };
  const findVersion = ({ key, version }: ShownVersion): Version | undefined => {
    const { endpoint, names } = stack();
    const versions = endpoint.buckets.get(names.bucket)?.objects.get(key);
    return versions?.find(({ versionId, body }) => versionId === version && body !== undefined);
  };
  const topicOf = (audience: string) => {
    const { sns, names } = stack();
    const topic = sns.topics.get(names.topics[audience] ?? "");
    if (!topic) throw new RequestError(404, `There is no audience ${audience}.`);
    return topic;
  };

  return {
    confirm: (token) =>
      stack().sns.confirm(token) ? "The subscription is confirmed." : "This link is not valid.",
    unsubscribe: (arn) => afterUnsubscribe[stack().sns.unsubscribe(arn)],
    snapshots: () => stack().snapshots.all(),
    log: (after) => stack().logMemory.after(after),
    troubles: () => stack().troubles.all(),
    async upload(key, body, size) {
      const version = await stack().uploader.put(key, body, size);
      return { key, version };
    },
    async replay(shown) {
      const version = findVersion(shown);
      if (!version) return false;
      stack().snapshots.requeue(shown.key, shown.version);
      await stack().replay(version);
      return true;
    },
    async preview(shown) {
      const version = findVersion(shown);
      if (!version) return undefined;
      // Imported late: it has every format and channel, and most runs need no preview.
      const { previewVersion } = await import("./snapshot-preview.ts");
      return previewVersion(version, stack().configuration);
    },
    audiences: () => audienceViews(stack()),
    waiting: async () => stack().waiting.all(stack().configuration),
    async resume(audience) {
      const { configuration, waiting } = stack();
      if (!configuration.audiences.some(({ name }) => name === audience)) return false;
      await waiting.resume(audience);
      return true;
    },
    subscribe: (audience, protocol, endpoint) =>
      void stack().sns.subscribe(topicOf(audience), protocol, endpoint),
    confirmSubscription(arn) {
      const { sns } = stack();
      const subscription = findSubscription(sns.topics, arn);
      return subscription !== undefined && sns.confirm(subscription.token) !== undefined;
    },
    metrics: () => stack().metrics.all(),
    schedules: () => stack().schedules.all(),
    fireSchedule: (audience, at) => stack().schedules.fire(audience, at),
    hints() {
      const { names, passing } = stack();
      return { pid: process.pid, passing, drop: `${names.drop}/my-feed/`, upload: uploadHint(names) };
    },
    smsPartPrice: () => find()?.configuration.smsPartPrice ?? 0,
  };
}

const afterUnsubscribe = {
  done: "The subscription has ended.",
  unknown: "There is no such subscription.",
  guarded: "Only a signed request can end this subscription.",
} as const;

function audienceViews({ configuration, names, sns, schedules }: ShownStack): readonly AudienceView[] {
  const slots = new Map(schedules.all().map((schedule) => [schedule.audience, schedule]));
  return configuration.audiences.map((audience) => {
    const topicArn = names.topics[audience.name] ?? "";
    const slot = slots.get(audience.name);
    return {
      name: audience.name,
      mode: audience.mode,
      ...(audience.displayName !== undefined && { displayName: audience.displayName }),
      topicArn,
      rules: rulesInWords(audience.rules),
      delivery: deliveryInWords(audience),
      ...(slot && {
        schedule: {
          expression: slotsInWords(audience),
          timeZone: slot.timeZone,
          ...(slot.next !== undefined && { next: slot.next }),
        },
      }),
      subscribers: [...(sns.topics.get(topicArn)?.subscriptions.values() ?? [])].map(subscriberView),
    };
  });
}

function subscriberView({ arn, protocol, endpoint, confirmed, attributes }: Subscription): SubscriberView {
  const filter = attributes.get("FilterPolicy") ?? "";
  return { arn, protocol, endpoint, isConfirmed: confirmed, ...(filter !== "" && { filter }) };
}
