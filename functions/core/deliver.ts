import type { Audience, Configuration } from "./configuration.ts";
import { dayOf, hasDailyLimit, nothingSent, type DayCounts } from "./delivery/daily-limit.ts";
import { holdDelay } from "./delivery/hold-delay.ts";
import { measureReceived } from "./delivery/measure-delivery.ts";
import { publishGroup, type GroupContext } from "./delivery/publish-group.ts";
import { quarantineMessage } from "./delivery/quarantine-message.ts";
import { isAgain, maxDeaths, noAttempts, type Received } from "./delivery/received.ts";
import type { Attempts, DeliverPorts } from "./ports.ts";
import { retryDelay } from "./backoff.ts";

/** Seconds after which the other messages of a batch come back while one that killed its process is tried alone. */
const asideDelay = 1;

/** What returns messages to the queue: they are hidden for so many seconds. */
export interface Postpone {
  (messages: readonly Pick<Received, "handle">[], seconds: number): Promise<void>;
}

export type DeliverContext = Pick<GroupContext, "deadline" | "end"> & {
  readonly configuration: Configuration;
  readonly postpone: Postpone;
};

/**
 * Publishes a batch of the outbox: skips the messages that have a sent mark, publishes the others audience by audience,
 * and marks each accepted one. Returns the messages that are not done; each of them has been postponed. A message that
 * killed its process is tried alone, and quarantined after three recorded deaths.
 */
export async function deliver(
  batch: readonly Received[],
  context: DeliverContext,
  ports: DeliverPorts,
): Promise<readonly Received[]> {
  const { ledger } = ports;
  measureReceived(batch, ports);
  const { unique, copies } = withoutCopies(batch);
  const again = unique.filter(isAgain).map(({ message }) => message.id);
  const ids = unique.map(({ message }) => message.id);
  const audiences = [...new Set(unique.map(({ message }) => message.audience))];
  const day = dayOf(ports.clock.now());
  const limited = context.configuration.audiences.filter(
    (audience) => hasDailyLimit(audience) && audiences.includes(audience.name),
  );
  const counted = { day, audiences: limited.map(({ name }) => name) };
  const { sent, paused, attempts, counts } = await ledger.readDelivery({
    ids,
    audiences,
    attemptsOf: again,
    counted,
  });
  const open = unique.filter(({ message }) => !sent.has(message.id));
  const unfinished: Received[] = [];

  const giveBack = async (messages: readonly Received[], seconds: number) => {
    if (messages.length === 0) return;
    unfinished.push(...messages);
    await context.postpone(messages, seconds);
  };

  const isPaused = ({ message }: Received) => paused.has(message.audience);
  const ofPaused = Map.groupBy(open.filter(isPaused), ({ message }) => message.audience);
  for (const [audience, group] of ofPaused) {
    ports.log("info", "messages held", { audience, messages: group.length, why: "paused" });
    await giveBack(group, holdDelay(mostReceives(group)));
  }
  const { alone, together, kept } = await sortOut(
    open.filter((one) => !isPaused(one)),
    attempts,
    ports,
  );
  const { maxRetrySeconds } = context.configuration;
  for (const one of kept) await giveBack([one], retryDelay(one.receives, maxRetrySeconds, ports.clock));
  const [suspect, ...others] = alone;
  if (suspect) await giveBack([...others, ...together], asideDelay);
  const groups = Map.groupBy(suspect ? [suspect] : together, ({ message }) => message.audience);
  await Promise.all(
    [...groups].map(async ([audience, group]) => {
      const messagesPerSecond = rateOf(audience, context.configuration);
      const daily = { day, ...dailyOf(audience, limited, counts) };
      const result = await publishGroup(group, { ...context, messagesPerSecond, attempts, daily }, ports);
      const receives = mostReceives(result.unfinished);
      const failed = result.why === undefined ? 0 : retryDelay(receives, maxRetrySeconds, ports.clock);
      await giveBack(result.unfinished, result.isHeld ? holdDelay(receives, maxRetrySeconds) : failed);
    }),
  );
  const notDone = new Set(unfinished.map(({ message }) => message.id));
  await giveBack(
    copies.filter(({ message }) => notDone.has(message.id)),
    asideDelay,
  );
  return unfinished;
}

const mostReceives = (messages: readonly Received[]): number =>
  Math.max(0, ...messages.map(({ receives }) => receives));

/** The first delivery of each message; a message that was enqueued twice may come twice in one batch. */
function withoutCopies(batch: readonly Received[]) {
  const first = new Map<string, Received>();
  const copies: Received[] = [];
  for (const received of batch) {
    if (first.has(received.message.id)) copies.push(received);
    else first.set(received.message.id, received);
  }
  return { unique: [...first.values()], copies };
}

/**
 * Quarantines the messages that killed their process too often, and separates those that may have killed it. `kept`: to be
 * quarantined, which failed; the other messages of the batch are sent all the same.
 */
async function sortOut(
  open: readonly Received[],
  attempts: ReadonlyMap<string, Attempts>,
  ports: DeliverPorts,
) {
  const alone: Received[] = [];
  const together: Received[] = [];
  const kept: Received[] = [];
  for (const received of open) {
    const { message } = received;
    const { deaths } = attempts.get(message.id) ?? noAttempts;
    if (deaths < maxDeaths) {
      (deaths > 0 ? alone : together).push(received);
      continue;
    }
    const found = `${deaths} starts of which no end was recorded`;
    const reason = { code: "message-kills", found, expected: "an end of each start" } as const;
    try {
      if (await quarantineMessage(message, reason, ports)) ports.measure?.("crashes", 1);
      else alone.push(received);
    } catch (error) {
      ports.log("error", "message not quarantined", { message: message.id, why: String(error) });
      kept.push(received);
    }
  }
  return { alone, together, kept } as const;
}

function dailyOf(name: string, limited: readonly Audience[], counts: ReadonlyMap<string, DayCounts>) {
  const audience = limited.find((one) => one.name === name);
  return audience ? { audience, sent: counts.get(name) ?? nothingSent } : {};
}

/**
 * A message of an audience that is no longer configured still goes out, at the default pace, as long as the function may
 * publish to its topic.
 */
const rateOf = (audience: string, { audiences }: Configuration): number =>
  audiences.find(({ name }) => name === audience)?.messagesPerSecond ?? defaultRate;

const defaultRate = 8;
