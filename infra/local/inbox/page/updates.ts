import type { AudienceView, MessageView, SnapshotView, TroubleView, WaitingView } from "../views.ts";
import { byId } from "./dom.ts";
import { counted } from "./format.ts";
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

/** Milliseconds for which new messages are announced together. */
const announceAfter = 1_000;

/** Follows the stack's updates. The browser connects again by itself. */
export function connect(): void {
  const updates = new EventSource("/api/updates");
  /** The stored messages, which are shown together: after a lost connection the selection stays. */
  let stored: MessageView[] | undefined;
  const on = <K extends keyof UpdateEvents>(name: K, take: (data: UpdateEvents[K]) => void) =>
    updates.addEventListener(name, (event: MessageEvent<string>) => {
      take(JSON.parse(event.data) as UpdateEvents[K]);
      changed();
    });
  updates.addEventListener("open", () => {
    stored = [];
  });
  on("cleared", () => {
    if (stored) stored = [];
    else state.messages = [];
  });
  on("received", (message) => {
    if (stored) stored.push(message);
    else {
      state.messages.push(message);
      announce();
    }
  });
  on("complete", () => {
    state.messages = stored ?? [];
    stored = undefined;
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

let announced = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Tells screen readers of new messages, once for messages that come together. */
function announce(): void {
  announced += 1;
  timer ??= setTimeout(() => {
    byId("news").textContent = counted(announced, "new message");
    announced = 0;
    timer = undefined;
  }, announceAfter);
}
