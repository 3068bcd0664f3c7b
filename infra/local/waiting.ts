import type { StackNames } from "../../functions/console/live-stack.ts";
import type { Configuration } from "../../functions/core/configuration.ts";
import type { Endpoint } from "./emulators/endpoint.ts";
import type { QueuedMessage } from "./emulators/queues.ts";
import type { WaitingView } from "./inbox/views.ts";
import type { WaitingReader } from "./waiting-views.ts";

/** What waits for the audiences of a running stack. */
export interface Waiting {
  all(configuration: Configuration): Promise<readonly WaitingView[]>;
  /** Ends the pause of an audience. */
  resume(audience: string): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds after which the table is read again although nothing was written: what waits also depends on the time. */
const staleAfter = 30_000;

/** Operations that change a table or a queue. */
const writes = /^dynamodb\.(?:Put|Update|Delete|BatchWrite|TransactWrite)|^sqs\.(?:Send|Delete|Change)/;

/** Reads the table again only after a write to the table or a queue. The reader is imported with its first use. */
export function openWaiting({
  endpoint,
  names,
  outbox,
}: {
  readonly endpoint: Pick<Endpoint, "calls">;
  readonly names: StackNames;
  readonly outbox: () => Promise<readonly QueuedMessage[]>;
}): Waiting {
  let opened: Promise<WaitingReader> | undefined;
  const reader = () =>
    (opened ??= import("./waiting-views.ts").then((found) => found.openWaitingReader(names)));
  let last:
    | {
        readonly stamp: number;
        readonly at: number;
        readonly configuration: Configuration;
        readonly views: readonly WaitingView[];
      }
    | undefined;
  const countWrites = () =>
    [...endpoint.calls].reduce((sum, [name, count]) => (writes.test(name) ? sum + count : sum), 0);

  return {
    async all(configuration) {
      const stamp = countWrites();
      const at = Date.now();
      if (last?.stamp === stamp && last.configuration === configuration && at - last.at < staleAfter)
        return last.views;
      const views = await (await reader()).views(configuration, await outbox());
      last = { stamp, at, configuration, views };
      return views;
    },
    resume: async (audience) => (await reader()).resume(audience),
    close: async () => (await opened)?.close(),
  };
}
