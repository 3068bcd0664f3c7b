import { metricKey, type Samples } from "./evaluate.ts";

export interface SimulatedMessage {
  /** Seconds: when the snapshot was uploaded, or the message decided. */
  readonly since: number;
  readonly sentAt: number;
  /** Attempts that ended with an orderly retry. */
  readonly attempts: number;
  visibleAt: number;
  receives: number;
  /** Starts from the second receive on whose end was not recorded. */
  openStarts: number;
}

interface QueueOptions {
  /** Value of the dimension `QueueName`. */
  readonly name: string;
  readonly fifo?: boolean;
  /** Seconds. */
  readonly visibility: number;
  readonly maxReceives: number;
  readonly deadLetters?: SimulatedQueue;
}

/** Seconds for which a queue without messages still reports its metrics. */
const activeSeconds = 6 * 3_600;

/** A queue and its metrics as the Amazon SQS Developer Guide describes them ('Available CloudWatch metrics for Amazon SQS'). */
export class SimulatedQueue {
  readonly messages = new Set<SimulatedMessage>();
  private usedAt = -Infinity;

  readonly options: QueueOptions;

  constructor(options: QueueOptions) {
    this.options = options;
  }

  send(now: number, { since = now, attempts = 0, delay = 0 } = {}): SimulatedMessage {
    const message = { since, sentAt: now, attempts, visibleAt: now + delay, receives: 0, openStarts: 0 };
    this.messages.add(message);
    this.usedAt = now;
    return message;
  }

  /** The messages that can be received; those that were received too often move to the dead-letter queue. */
  receive(now: number): readonly SimulatedMessage[] {
    const received: SimulatedMessage[] = [];
    for (const message of this.messages) {
      if (message.visibleAt > now) continue;
      this.usedAt = now;
      if (message.receives >= this.options.maxReceives && this.options.deadLetters) {
        this.messages.delete(message);
        this.options.deadLetters.send(now, { since: message.since });
        continue;
      }
      message.receives++;
      message.visibleAt = now + this.options.visibility;
      received.push(message);
    }
    return received;
  }

  /** Reports the metrics of one minute. */
  report(now: number, samples: Samples): void {
    if (this.messages.size === 0 && now - this.usedAt > activeSeconds) return;
    const all = [...this.messages];
    const inFlight = all.filter(({ visibleAt, receives }) => receives > 0 && visibleAt > now);
    const visible = all.filter(({ visibleAt }) => visibleAt <= now);
    this.put(samples, now, "ApproximateNumberOfMessagesVisible", visible.length);
    if (inFlight.length > 0) this.put(samples, now, "ApproximateNumberOfMessagesNotVisible", inFlight.length);
    const aged = all.filter(({ receives }) => this.options.fifo === true || receives < 3);
    if (aged.length > 0)
      this.put(
        samples,
        now,
        "ApproximateAgeOfOldestMessage",
        now - Math.min(...aged.map(({ sentAt }) => sentAt)),
      );
  }

  private put(samples: Samples, at: number, metric: string, value: number): void {
    put(samples, metricKey("AWS/SQS", metric, { QueueName: this.options.name }), at, value);
  }
}

export function put(samples: Samples, key: string, at: number, value: number): void {
  const list = samples.get(key) ?? [];
  samples.set(key, list);
  list.push({ at, value });
}
