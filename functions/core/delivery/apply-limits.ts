import type { Audience } from "../configuration.ts";
import type { DeliverPorts } from "../ports.ts";
import { allowedToday, countsOf, nothingSent, type DayCounts } from "./daily-limit.ts";
import type { Received } from "./received.ts";

/** What an audience got on a day; `audience` is absent where nothing limits it. */
export interface DailyState {
  readonly day: string;
  readonly audience?: Audience;
  readonly sent?: DayCounts;
}

/** The limits of one audience while its messages are published. */
export interface DailyLimits {
  /** The first of the messages that may be published now, as they may be published. */
  readonly allow: (messages: readonly Received[]) => readonly Received[];
  /** Counts what was published. */
  readonly count: (published: readonly Received[]) => Promise<void>;
}

/** Applies and counts an audience's daily limits. Without limits nothing is counted. */
export function dailyLimits(
  { day, audience, sent = nothingSent }: DailyState,
  { ledger, log }: Pick<DeliverPorts, "ledger" | "log">,
): DailyLimits {
  if (!audience) return { allow: (messages) => messages, count: async () => undefined };
  let counts = sent;
  let isLogged = false;
  return {
    allow(received) {
      const { messages, reached } = allowedToday(
        received.map(({ message }) => message),
        audience,
        counts,
      );
      if (reached && !isLogged) {
        isLogged = true;
        const held = received.length - messages.length;
        const withoutSms = messages.filter((message) => message.withoutSms).length;
        log("error", "daily limit", { audience: audience.name, limit: reached, held, withoutSms, ...counts });
      }
      return messages.flatMap((message, i) => {
        const one = received[i];
        return one ? [{ ...one, message }] : [];
      });
    },
    async count(published) {
      const more = countsOf(published.map(({ message }) => message));
      if (more.messages === 0) return;
      counts = { messages: counts.messages + more.messages, parts: counts.parts + more.parts };
      try {
        await ledger.countDelivered(audience.name, day, more);
      } catch (error) {
        log("warn", "messages not counted", { audience: audience.name, ...more, why: String(error) });
      }
    },
  };
}
