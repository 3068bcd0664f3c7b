import { manyAttempts } from "../../../functions/core/backoff.ts";
import {
  deliverSeconds,
  maxIntakeReceives,
  maxOutboxReceives,
  maxSlotReceives,
  visibilitySeconds,
} from "../../../functions/core/configuration.ts";
import { maxDeaths } from "../../../functions/core/delivery/received.ts";
import {
  metricNamespace,
  metrics,
  stackDimension,
  type MetricName,
} from "../../../functions/core/metrics.ts";
import { defaults } from "../../../infra/config/configuration.ts";
import { metricKey, type Samples } from "./evaluate.ts";
import { put, SimulatedQueue, type SimulatedMessage } from "./simulated-queue.ts";

/** What becomes of an invocation. */
type Outcome = "done" | "retry" | "crash" | "throttle" | "quarantine" | "refuse";

/** Decides at a time, seconds, about a message. */
type Behaviour = (now: number, message: SimulatedMessage) => Outcome;

type FunctionName = "ingest" | "deliver" | "digest";

/** The names of the resources in the dimensions of their metrics. */
export interface ResourceNames {
  readonly queue: (start: string) => string;
  readonly function: (start: string) => string;
}

export const minute = 60;
export const hour = 3_600;
export const day = 24 * hour;

/**
 * The stack as its metrics show it: queues, functions and what they emit, minute by minute. Uploads arrive, slots come
 * every hour, and `behave` decides what becomes of each invocation.
 */
export class SimulatedStack {
  now = 0;
  readonly samples: Samples = new Map();
  readonly behave: Record<FunctionName, Behaviour> = {
    ingest: () => "done",
    deliver: () => "done",
    digest: () => "done",
  };
  /** The functions whose event sources are switched off. */
  readonly off = new Set<FunctionName>();
  /** Whether a snapshot is uploaded in this minute. */
  uploads: (now: number) => boolean = () => false;
  /** Whether watch is invoked, and how its invocation ends. */
  watch: (now: number) => "done" | "crash" | "off" = () => "done";
  /** What watch measures, beside 0 for all other states. */
  states: (now: number) => Readonly<Partial<Record<MetricName, number>>> = () => ({
    subscriptionsConfirmed: 25,
  });
  /** Called at the end of each minute. */
  everyMinute: (now: number) => void = () => undefined;

  readonly queues;
  private readonly names: ResourceNames;

  constructor(names: ResourceNames) {
    this.names = names;
    const dead = (start: string) =>
      new SimulatedQueue({ name: names.queue(start), visibility: 30, maxReceives: Infinity });
    const intakeDeadLetters = dead("IntakeDeadLetters");
    const outboxDeadLetters = dead("OutboxDeadLetters");
    const slotDeadLetters = dead("SchedulesDeadLetters");
    this.queues = {
      intakeDeadLetters,
      outboxDeadLetters,
      slotDeadLetters,
      scheduleFailures: dead("SchedulesFailures"),
      watchFailures: dead("WatchFailures"),
      intake: new SimulatedQueue({
        name: names.queue("IntakeQueue"),
        visibility: visibilitySeconds(defaults.timeoutSeconds),
        maxReceives: maxIntakeReceives,
        deadLetters: intakeDeadLetters,
      }),
      outbox: new SimulatedQueue({
        name: names.queue("OutboxQueue"),
        fifo: true,
        visibility: visibilitySeconds(deliverSeconds(defaults)),
        maxReceives: maxOutboxReceives,
        deadLetters: outboxDeadLetters,
      }),
      slots: new SimulatedQueue({
        name: names.queue("SchedulesSlots"),
        visibility: visibilitySeconds(defaults.timeoutSeconds),
        maxReceives: maxSlotReceives,
        deadLetters: slotDeadLetters,
      }),
    };
  }

  /** Runs until a time, seconds. */
  run(until: number): void {
    for (; this.now < until; this.now += minute) {
      const { now, queues } = this;
      if (this.uploads(now)) queues.intake.send(now);
      if (now % hour === 0) queues.slots.send(now);
      this.consume("ingest", queues.intake);
      this.consume("digest", queues.slots);
      this.consume("deliver", queues.outbox);
      if (now % hour === 10 * minute) this.runWatch();
      this.everyMinute(now);
      for (const queue of Object.values(queues)) queue.report(now, this.samples);
    }
  }

  /** A value of one of the stack's own metrics. */
  measure(name: MetricName, value: number): void {
    const dimensions = { [stackDimension]: defaults.deployment.stackName };
    put(this.samples, metricKey(metricNamespace, name, dimensions), this.now, value);
  }

  /** A value of a metric of AWS. */
  emit(namespace: string, name: string, value: number, dimensions?: Readonly<Record<string, string>>): void {
    put(this.samples, metricKey(namespace, name, dimensions), this.now, value);
  }

  private consume(name: FunctionName, queue: SimulatedQueue): void {
    if (this.off.has(name)) return;
    for (const message of queue.receive(this.now)) this.invoke(name, queue, message);
  }

  private invoke(name: FunctionName, queue: SimulatedQueue, message: SimulatedMessage): void {
    const { now } = this;
    const outcome = this.behave[name](now, message);
    const functions = { ingest: "IntakeIngest", deliver: "DeliveryDeliver", digest: "SchedulesDigest" };
    const lambda = { FunctionName: this.names.function(functions[name]) };
    if (outcome === "throttle") return this.emit("AWS/Lambda", "Throttles", 1, lambda);
    const isKilling = message.openStarts >= maxDeaths;
    if (message.receives > 1 && name !== "digest") {
      this.measure("crashes", message.openStarts > 0 ? 1 : 0);
      if (outcome === "crash") message.openStarts++;
    }
    const isCrash = outcome === "crash" && !isKilling;
    this.emit("AWS/Lambda", "Invocations", 1, lambda);
    this.emit("AWS/Lambda", "Errors", isCrash ? 1 : 0, lambda);
    this.emit("AWS/Lambda", "Duration", isCrash ? 1_000 * defaults.timeoutSeconds : 400, lambda);
    if (isCrash) return undefined;
    const isRetry = outcome === "retry";
    this.measure("retries", isRetry ? 1 : 0);
    if (name === "ingest") {
      this.measure("intakeAge", 1000 * (now - message.since));
      this.measure("snapshots", isRetry ? 0 : 1);
      if (outcome === "done") {
        this.measure("new", 2);
        this.measure("known", 20);
      }
      this.measure("quarantined", outcome === "quarantine" || isKilling ? 1 : 0);
    }
    if (name === "deliver") {
      this.measure("outboxAge", 1000 * (now - message.since));
      if (outcome === "done") this.measure("sent", 2);
      if (outcome === "done") this.measure("deliveryAge", 1000 * (now - message.since) + 4_000);
      this.measure("refused", outcome === "refuse" || isKilling ? 1 : 0);
    }
    const attempts = name === "deliver" ? message.receives : message.attempts + 1;
    this.measure("manyAttempts", isRetry && attempts > manyAttempts ? 1 : 0);
    const delay = Math.min(defaults.maxRetrySeconds, 2 ** attempts);
    if (isRetry && name === "deliver") {
      message.visibleAt = now + delay;
      return undefined;
    }
    queue.messages.delete(message);
    if (isRetry) queue.send(now, { since: message.since, attempts, delay });
    else if (name !== "deliver" && outcome === "done") this.queues.outbox.send(now, { since: now });
    return undefined;
  }

  private runWatch(): void {
    const outcome = this.watch(this.now);
    if (outcome === "off") return;
    const lambda = { FunctionName: this.names.function("Watch") };
    this.emit("AWS/Lambda", "Invocations", 1, lambda);
    this.emit("AWS/Lambda", "Errors", outcome === "crash" ? 1 : 0, lambda);
    if (outcome === "crash") return;
    const states = this.states(this.now);
    for (const [name, { from }] of Object.entries(metrics))
      if ((from as readonly string[]).includes("watch"))
        this.measure(name as MetricName, states[name as MetricName] ?? 0);
  }
}
