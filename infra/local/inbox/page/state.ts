import type {
  AudienceView,
  MessageView,
  SnapshotView,
  TotalsView,
  TroubleView,
  WaitingView,
} from "../views.ts";
import { readRoute, type PageRoute } from "./route.ts";

/** All that the page shows. */
export interface PageState {
  connection: "connecting" | "live" | "lost";
  route: PageRoute;
  /** Oldest first. */
  messages: MessageView[];
  /** The stored messages have arrived. */
  isComplete: boolean;
  /** Newest first, the newest 1,000 or all; absent until they arrive. */
  snapshots?: readonly SnapshotView[];
  totals?: TotalsView;
  troubles: readonly TroubleView[];
  audiences?: readonly AudienceView[];
  waiting: readonly WaitingView[];
  /** Channel of the inbox's list. */
  channel: "mail" | "phone";
  search: string;
  audience: string;
  feed: string;
  snapshotState: string;
  /** The mail and the telephone that the inbox showed last. */
  mail?: number;
  phone?: string;
}

export const state: PageState = {
  connection: "connecting",
  route: readRoute(),
  messages: [],
  isComplete: false,
  troubles: [],
  waiting: [],
  channel: "mail",
  search: "",
  audience: "",
  feed: "",
  snapshotState: "",
};

let render = (): void => undefined;
let frame = 0;

/** Calls `draw` in the next frame after each change, once for changes that come together. */
export function onChange(draw: () => void): void {
  render = draw;
}

/** Draws the page after a change of `state`. */
export function changed(): void {
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    render();
  });
}

/** Whether a text contains all words of the search; case and accents do not matter. */
export function matchesSearch(...texts: readonly string[]): boolean {
  const whole = fold(texts.join("\n"));
  return fold(state.search)
    .split(/\s+/)
    .every((word) => whole.includes(word));
}

const fold = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
