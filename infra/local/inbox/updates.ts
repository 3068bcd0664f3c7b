import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { InboxActions } from "./actions.ts";
import { viewOfMessage } from "./message-views.ts";
import type { Messages } from "./messages.ts";
import type { SnapshotView, TotalsView, TroubleView } from "./views.ts";

/**
 * Server-sent events (HTML standard): `received` with each stored and each new message, `complete` after the stored
 * ones, `cleared`, and at first and after each change `snapshots` (the newest 1,000), `troubles` (the first 1,000),
 * `audiences`, `waiting`, and `totals` with the numbers of all of them.
 */
interface InboxUpdates {
  /** Writes the body of a response whose headers are sent. */
  connect(request: IncomingMessage, response: ServerResponse): void;
  close(): void;
}

/** Least milliseconds between two looks at the lists, while a page is open; long lists are read less often. */
const lookEvery = 500;

/** Most snapshots and troubles that pages get. */
const maxItems = 1_000;

export function openUpdates(
  messages: Messages,
  actions: Pick<InboxActions, "snapshots" | "troubles" | "audiences" | "waiting" | "smsPartPrice">,
): InboxUpdates {
  const open = new Set<ServerResponse>();
  /** What the open pages have of each list. */
  const sent = new Map<string, string>();
  let isWatching = false;
  const received = (message: Parameters<typeof viewOfMessage>[0]) =>
    event("received", viewOfMessage(message, actions.smsPartPrice()));
  const stop = messages.watch((message) => {
    for (const response of open) response.write(message ? received(message) : event("cleared", {}));
  });

  function send(name: string, data: object): void {
    const text = event(name, data);
    if (sent.get(name) === text) return;
    sent.set(name, text);
    for (const response of open) response.write(text);
  }

  async function look(): Promise<void> {
    const snapshots = await actions.snapshots();
    const troubles = await actions.troubles();
    send("totals", totalsOf(snapshots, troubles));
    send("snapshots", snapshots.slice(0, maxItems));
    send("troubles", troubles.slice(0, maxItems));
    send("audiences", actions.audiences());
    send("waiting", await actions.waiting());
  }

  /** Looks at the lists while a page is open. A list that can't be read, such as during a start or stop, is read later. */
  async function watchLists(): Promise<void> {
    if (isWatching) return;
    isWatching = true;
    let took = 0;
    while (open.size > 0) {
      await sleep(Math.max(lookEvery, 10 * took), undefined, { ref: false });
      const start = performance.now();
      await look().catch(() => undefined);
      took = performance.now() - start;
    }
    isWatching = false;
  }

  return {
    connect(request, response) {
      response.write(event("cleared", {}));
      for (const message of messages.all()) response.write(received(message));
      response.write(event("complete", {}));
      // What the last page had, until the look below has an answer.
      for (const text of sent.values()) response.write(text);
      open.add(response);
      request.on("close", () => open.delete(response));
      void look().catch(() => undefined);
      void watchLists();
    },
    close() {
      stop();
      for (const response of open) response.end();
      open.clear();
    },
  };
}

const totalsOf = (snapshots: readonly SnapshotView[], troubles: readonly TroubleView[]): TotalsView => ({
  snapshots: snapshots.length,
  failed: snapshots.filter(({ state }) => state === "quarantined" || state === "dead-letter").length,
  troubles: troubles.length,
});

const event = (name: string, data: unknown): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
