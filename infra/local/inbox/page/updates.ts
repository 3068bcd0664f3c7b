import type {
  AudienceView,
  HintsView,
  MessageView,
  SnapshotView,
  TotalsView,
  TroubleView,
  WaitingView,
} from "../views.ts";
import { byId } from "./dom.ts";
import { counted } from "./format.ts";
import { takeNewest } from "./older-snapshots.ts";
import { changed, state } from "./state.ts";

/** The data of each event. */
interface UpdateEvents {
  readonly cleared: unknown;
  readonly complete: unknown;
  readonly received: MessageView;
  readonly totals: TotalsView;
  readonly snapshots: readonly SnapshotView[];
  readonly troubles: readonly TroubleView[];
  readonly audiences: readonly AudienceView[];
  readonly waiting: readonly WaitingView[];
}

/** Milliseconds for which new messages are announced together. */
const announceAfter = 1_000;

/**
 * Follows the stack's updates. The browser connects again by itself. If then another stack answers than the one with the
 * process `pid`, the page begins anew: ids mean other messages.
 */
export function connect(pid: number | undefined): void {
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
    if (state.isComplete) void reloadUnless(pid);
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
  on("totals", (totals) => void (state.totals = totals));
  on("snapshots", takeNewest);
  on("troubles", (troubles) => void (state.troubles = troubles));
  on("audiences", (audiences) => void (state.audiences = audiences));
  on("waiting", (waiting) => void (state.waiting = waiting));
  updates.addEventListener("error", () => {
    state.connection = "lost";
    changed();
    // A browser gives up after an answer such as 503.
    if (updates.readyState === EventSource.CLOSED) setTimeout(() => connect(pid), 2_000);
  });
}

async function reloadUnless(pid: number | undefined): Promise<void> {
  const hints = await fetchHints();
  if (hints && hints.pid !== pid) location.reload();
}

/** The hints of the stack; `undefined` if it does not answer. */
export async function fetchHints(): Promise<HintsView | undefined> {
  const response = await fetch("/api/hints").catch(() => undefined);
  return response?.ok ? ((await response.json()) as HintsView) : undefined;
}

let announced = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Tells screen readers of new messages, once for messages that come together. */
function announce(): void {
  announced += 1;
  // The same text twice is announced only if there was another between.
  byId("news").textContent = "";
  timer ??= setTimeout(() => {
    byId("news").textContent = counted(announced, "new message");
    announced = 0;
    timer = undefined;
  }, announceAfter);
}
