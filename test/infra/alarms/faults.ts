import { hour, minute, type SimulatedStack } from "./simulated-stack.ts";

export interface FaultNames {
  /** Value of the dimension `TableName`. */
  readonly table: string;
  /** Name of the schedule group whose logical id starts like this. */
  readonly scheduleGroup: (start: string) => string;
  readonly topic: string;
}

/** A fault from a time on, seconds. */
interface Fault {
  readonly what: string;
  readonly start: (stack: SimulatedStack, from: number, names: FaultNames) => void;
}

/** From now on one upload an hour. */
const rareUploads = (stack: SimulatedStack, from: number) => {
  stack.uploads = (now) => (now - from) % hour === 0;
};

/** Adds to what happens at the end of each minute. */
const each = (stack: SimulatedStack, act: (now: number) => void) => {
  const before = stack.everyMinute;
  stack.everyMinute = (now) => {
    before(now);
    act(now);
  };
};

const once = (what: string, act: (stack: SimulatedStack, names: FaultNames) => void): Fault => ({
  what,
  start: (stack, from, names) =>
    each(stack, (now) => {
      if (now === from) act(stack, names);
    }),
});

const deadLetter = (name: keyof SimulatedStack["queues"]): readonly Fault[] => [
  once("a message arrives", (stack) => stack.queues[name].send(stack.now)),
  once("a message that somebody receives and keeps", (stack) => {
    const message = stack.queues[name].send(stack.now);
    Object.assign(message, { receives: 1, visibleAt: Infinity });
  }),
];

type FunctionName = keyof SimulatedStack["behave"];

const always = (
  what: string,
  name: FunctionName,
  outcome: ReturnType<SimulatedStack["behave"]["ingest"]>,
): Fault => ({
  what,
  start(stack, from) {
    rareUploads(stack, from);
    const { [name]: before } = stack.behave;
    stack.behave[name] = (now, message) => (now < from ? before(now, message) : outcome);
  },
});

const off = (what: string, name: FunctionName): Fault => ({
  what,
  start: (stack) => stack.off.add(name),
});

const state = (what: string, states: Readonly<Record<string, number>>): Fault => ({
  what,
  start(stack) {
    const before = stack.states;
    stack.states = (now) => ({ ...before(now), ...states });
  },
});

const everyFiveMinutes = (what: string, act: (stack: SimulatedStack, names: FaultNames) => void): Fault => ({
  what,
  start: (stack, from, names) =>
    each(stack, (now) => {
      if (now >= from && (now - from) % (5 * minute) === 0) act(stack, names);
    }),
});

const schedulerRefused = (what: string, group: string): Fault => ({
  what,
  start: (stack, from, { scheduleGroup }) =>
    each(stack, (now) => {
      // The scheduler tries again after one, two, four … minutes.
      const minutes = (now - from) / minute;
      if (minutes >= 0 && Number.isInteger(Math.log2(minutes + 1)))
        stack.emit("AWS/Scheduler", "TargetErrorCount", 1, { ScheduleGroup: scheduleGroup(group) });
    }),
});

const schedulerDropped = (what: string, group: string): Fault =>
  once(what, (stack, { scheduleGroup }) =>
    stack.emit("AWS/Scheduler", "InvocationDroppedCount", 1, { ScheduleGroup: scheduleGroup(group) }),
  );

const pair = (id: string, faults: readonly Fault[]): readonly (readonly [string, Fault])[] =>
  faults.map((fault, i) => [i === 0 ? id : `${id}InFlight`, fault]);

/** The fault of every alarm, by the alarm's id; what stands for the name of an audience is left out. */
export const faults: ReadonlyMap<string, Fault> = new Map([
  ...pair("IntakeDeadLetters", deadLetter("intakeDeadLetters")),
  ...pair("OutboxDeadLetters", deadLetter("outboxDeadLetters")),
  ...pair("SlotDeadLetters", deadLetter("slotDeadLetters")),
  ...pair("ScheduleFailures", deadLetter("scheduleFailures")),
  ...pair("WatchFailures", deadLetter("watchFailures")),
  ["IntakeWaits", off("uploads, and no invocation of ingest", "ingest")],
  ["SlotsWait", off("slots, and no invocation of digest", "digest")],
  ["OutboxWaits", always("every call to SNS fails", "deliver", "retry")],
  ["IngestFails", always("one upload an hour, and ingest crashes", "ingest", "crash")],
  ["DeliverFails", always("one message an hour, and deliver crashes", "deliver", "crash")],
  ["DigestFails", always("one slot an hour, and digest crashes", "digest", "crash")],
  ["IngestThrottled", always("one upload an hour, and Lambda refuses to start ingest", "ingest", "throttle")],
  [
    "DeliverThrottled",
    always("one message an hour, and Lambda refuses to start deliver", "deliver", "throttle"),
  ],
  ["DigestThrottled", always("one slot an hour, and Lambda refuses to start digest", "digest", "throttle")],
  ["WatchFails", { what: "watch crashes", start: (stack) => void (stack.watch = () => "crash") }],
  ["WatchStopped", { what: "watch is not invoked", start: (stack) => void (stack.watch = () => "off") }],
  ["Quarantined", always("one upload an hour, and it can't be read", "ingest", "quarantine")],
  ["IntakeLate", always("one upload an hour, and each attempt fails", "ingest", "retry")],
  ["NoUploads", { what: "uploads stop", start: (stack) => void (stack.uploads = () => false) }],
  ["FeedsSilent", state("a feed is silent", { silentFeeds: 1 })],
  ["Refused", always("SNS refuses a message", "deliver", "refuse")],
  ["OutboxLate", always("every call to SNS fails", "deliver", "retry")],
  ["Crashes", always("one upload an hour, and it kills ingest", "ingest", "crash")],
  ["ManyAttempts", always("one upload an hour, and each attempt fails", "ingest", "retry")],
  ["LongPauses", state("an audience is paused for a day", { longPauses: 1 })],
  ["Stranded", state("entries of a removed audience", { strandedEntries: 3 })],
  ["SubscriptionsPending", state("a reader does not confirm", { subscriptionsPending: 1 })],
  ["SubscriptionsGone", state("SNS deletes six subscriptions", { subscriptionsDeleted: 6 })],
  ["NoReaders", state("the last reader leaves", { subscriptionsConfirmed: 0 })],
  [
    "DailyLimit",
    once("an audience reaches its limit", (stack) => stack.emit("feedbell/feedbell", "DailyLimitReached", 1)),
  ],
  [
    "QuarantineSuspended",
    once("deliver stops quarantining", (stack) => stack.emit("feedbell/feedbell", "QuarantineSuspended", 1)),
  ],
  ...(["Read", "Write"] as const).map(
    (kind) =>
      [
        `Ledger${kind}sThrottled`,
        everyFiveMinutes(`DynamoDB refuses ${kind.toLowerCase()}s`, (stack, { table }) =>
          stack.emit("AWS/DynamoDB", `${kind}ThrottleEvents`, 3, { TableName: table }),
        ),
      ] as const,
  ),
  ["SchedulesFail", schedulerRefused("the slots queue refuses the scheduler", "Schedules")],
  ["SchedulesDropped", schedulerDropped("the scheduler gives up", "Schedules")],
  ["WatchScheduleFail", schedulerRefused("Lambda refuses the scheduler", "Watch")],
  ["WatchScheduleDropped", schedulerDropped("the scheduler gives up", "Watch")],
  [
    "NotificationsFail",
    {
      what: "a reader gets a message every hour, and no one arrives",
      start: (stack, from, { topic }) =>
        each(stack, (now) => {
          if (now >= from && (now - from) % hour === 0)
            stack.emit("AWS/SNS", "NumberOfNotificationsFailed", 1, { TopicName: topic });
        }),
    },
  ],
  [
    "SmsSpending",
    once("0.85 USD are spent", (stack) => stack.emit("AWS/SNS", "SMSMonthToDateSpentUSD", 0.85)),
  ],
  [
    "SmsFail",
    everyFiveMinutes("half of the SMS do not arrive", (stack) =>
      stack.emit("AWS/SNS", "SMSSuccessRate", 0.5, { Country: "DE", SMSType: "Promotional" }),
    ),
  ],
]);
