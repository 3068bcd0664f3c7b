import type { InboxActions } from "../../infra/local/inbox/actions.ts";

/** The actions of a stack without anything in it. */
export const emptyInboxActions = (actions: Partial<InboxActions> = {}): InboxActions => ({
  confirm: () => "",
  unsubscribe: () => "",
  log: () => [],
  snapshots: async () => [],
  troubles: async () => [],
  upload: async (key) => ({ key, version: "1" }),
  replay: async () => false,
  preview: async () => undefined,
  audiences: () => [],
  waiting: async () => [],
  resume: async () => false,
  subscribe: () => undefined,
  confirmSubscription: () => false,
  metrics: () => [],
  schedules: () => [],
  fireSchedule: async () => false,
  hints: () => ({
    pid: 1,
    drop: "/tmp/drop/my-feed/",
    upload: "aws s3 cp FILE s3://bucket/snapshots/my-feed/",
  }),
  smsPartPrice: () => 0.01,
  ...actions,
});
