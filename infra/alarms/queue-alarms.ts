import type { Queue } from "aws-cdk-lib/aws-sqs";
import { visibilitySeconds } from "../../functions/core/configuration.ts";
import { type AlarmDefinition, fiveMinuteMaximum, type Severity } from "./definition.ts";
import type { MonitoredParts } from "./parts.ts";

/** The alarms of the queues (Amazon SQS Developer Guide, 'Available CloudWatch metrics for Amazon SQS'). */
export function queueAlarms({
  configuration: { timeoutSeconds },
  intake,
  outbox,
  schedules,
  watch,
}: MonitoredParts): readonly AlarmDefinition[] {
  const attempts = Math.max(900, 3 * visibilitySeconds(timeoutSeconds));
  return [
    ...filled("IntakeDeadLetters", intake.deadLetters, {
      severity: "high",
      heading: "Dead letters",
      summary: "A snapshot is in the dead-letter queue of the intake.",
    }),
    ...filled("OutboxDeadLetters", outbox.deadLetters, {
      severity: "high",
      heading: "Outbox dead letters",
      summary: "A message is in the dead-letter queue of the outbox.",
    }),
    ...filled("SlotDeadLetters", schedules.deadLetters, {
      severity: "medium",
      heading: "Slot dead letters",
      summary: "A slot of an audience is in the dead-letter queue.",
    }),
    ...filled("ScheduleFailures", schedules.failures, {
      severity: "medium",
      heading: "Schedule did not fire",
      summary: "EventBridge Scheduler could not send a slot to its queue.",
    }),
    ...filled("WatchFailures", watch.failures, {
      severity: "medium",
      heading: "Watch did not run",
      summary: "An hourly run of watch failed in every attempt, or could not be started.",
    }),
    late("IntakeWaits", intake.queue, attempts, {
      severity: "medium",
      heading: "Intake waits",
      summary: "A snapshot has waited in the intake queue for longer than three attempts take.",
    }),
    late("SlotsWait", schedules.slots, attempts, {
      severity: "medium",
      heading: "Slots wait",
      summary: "A slot has waited in its queue for longer than three attempts take.",
    }),
    late("OutboxWaits", outbox.queue, 3_600, {
      severity: "high",
      heading: "Outbox waits",
      summary: "A message has waited in the outbox for more than an hour.",
    }),
  ];
}

interface QueueAlarm {
  readonly severity: Severity;
  readonly heading: string;
  readonly summary: string;
}

/**
 * Two alarms for a queue that must be empty: for messages that can be received, and for messages that somebody has
 * received and not deleted. One alarm for the sum would need metric math, and the second metric has data only while
 * messages are in flight.
 */
const filled = (id: string, queue: Queue, texts: QueueAlarm): readonly AlarmDefinition[] =>
  [
    { ...texts, id, metric: queue.metricApproximateNumberOfMessagesVisible(fiveMinuteMaximum) },
    {
      ...texts,
      id: `${id}InFlight`,
      summary: `${texts.summary} Somebody has received it and not deleted it.`,
      metric: queue.metricApproximateNumberOfMessagesNotVisible(fiveMinuteMaximum),
    },
  ].map((alarm) => ({
    ...alarm,
    where: `Queue ${queue.queueName}`,
    threshold: { above: 0 },
    periods: 1,
  }));

/** Standard queues leave messages that were received three or more times out of this metric; FIFO queues do not. */
const late = (id: string, queue: Queue, above: number, texts: QueueAlarm): AlarmDefinition => ({
  id,
  ...texts,
  where: `Queue ${queue.queueName}`,
  metric: queue.metricApproximateAgeOfOldestMessage(fiveMinuteMaximum),
  threshold: { above },
  periods: 3,
});
