import type { AudienceView, MessageView, SnapshotView, TroubleView, WaitingView } from "../views.ts";
import { changed, state } from "./state.ts";

/** The data of each event. */
interface UpdateEvents {
  readonly cleared: unknown;
  readonly complete: unknown;
  readonly received: MessageView;
  readonly snapshots: readonly SnapshotView[];
  readonly troubles: readonly TroubleView[];
  readonly audiences: readonly AudienceView[];
  readonly waiting: readonly WaitingView[];
}

/** Follows the stack's updates. The browser connects again by itself. */
export function connect(): void {
  const updates = new EventSource("/api/updates");
  const on = <K extends keyof UpdateEvents>(name: K, take: (data: UpdateEvents[K]) => void) =>
    updates.addEventListener(name, (event: MessageEvent<string>) => {
      take(JSON.parse(event.data) as UpdateEvents[K]);
      changed();
    });
  on("cleared", () => {
    state.messages = [];
  });
  on("received", (message) => void state.messages.push(message));
  on("complete", () => {
    state.isComplete = true;
    state.connection = "live";
  });
  on("snapshots", (snapshots) => void (state.snapshots = snapshots));
  on("troubles", (troubles) => void (state.troubles = troubles));
  on("audiences", (audiences) => void (state.audiences = audiences));
  on("waiting", (waiting) => void (state.waiting = waiting));
  updates.addEventListener("error", () => {
    state.connection = "lost";
    changed();
    // A browser gives up after an answer such as 503.
    if (updates.readyState === EventSource.CLOSED) setTimeout(connect, 2_000);
  });
}
