import { randomUUID } from "node:crypto";
import { invalidParameter, SqsError } from "./errors.ts";
import { readInteger, readText, requireText, type SqsInput, type SqsOutput } from "./input.ts";
import type { MoveTask } from "./move-task.ts";
import { parseRedrivePolicy } from "./queue-attributes.ts";
import type { Queue } from "./queue.ts";
import type { QueueStore } from "./store.ts";
import type { QueueMessage } from "./queue-message.ts";

/** Starts to move the dead letters of a queue (Amazon SQS API Reference, `StartMessageMoveTask`). */
export function startMessageMoveTask(store: QueueStore, input: SqsInput): SqsOutput {
  const sourceArn = requireText(input, "SourceArn");
  const destinationArn = readText(input, "DestinationArn");
  const messagesPerSecond = readInteger(input, "MaxNumberOfMessagesPerSecond", { min: 1, max: 500 });
  const source = requireByArn(store, sourceArn);
  const isDeadLetterQueue = [...store.queues.values()].some(
    ({ attributes }) => parseRedrivePolicy(attributes)?.deadLetterTargetArn === sourceArn,
  );
  if (!isDeadLetterQueue)
    throw invalidParameter("SourceArn", sourceArn, "Source queue must be configured as a Dead Letter Queue.");
  if (destinationArn !== undefined && requireByArn(store, destinationArn).isFifo !== source.isFifo)
    throw invalidParameter("DestinationArn", destinationArn, "Both queues must be of the same type.");
  if (store.moveTasks.some((task) => task.sourceArn === sourceArn && task.status === "RUNNING")) {
    throw new SqsError(
      "UnsupportedOperation",
      "There is already a task running. Only one active task is allowed for a source queue arn at a given time.",
    );
  }
  const task: MoveTask = {
    handle: randomUUID(),
    sourceArn,
    destinationArn,
    messagesPerSecond,
    startedAt: store.now(),
    toMove: movable(source).length,
    moved: 0,
    status: "RUNNING",
  };
  store.moveTasks.unshift(task);
  advance(store, source, task);
  return { TaskHandle: task.handle };
}

/** The newest 10 tasks of a source queue. */
export function listMessageMoveTasks(store: QueueStore, input: SqsInput): SqsOutput {
  const sourceArn = requireText(input, "SourceArn");
  const limit = readInteger(input, "MaxResults", { min: 1, max: 10 }) ?? 1;
  requireByArn(store, sourceArn);
  const tasks = store.moveTasks.filter((task) => task.sourceArn === sourceArn).slice(0, limit);
  return {
    Results: tasks.map((task) => ({
      ...(task.status === "RUNNING" && { TaskHandle: task.handle }),
      Status: task.status,
      SourceArn: task.sourceArn,
      ...(task.destinationArn !== undefined && { DestinationArn: task.destinationArn }),
      ...(task.messagesPerSecond !== undefined && { MaxNumberOfMessagesPerSecond: task.messagesPerSecond }),
      ...(task.failureReason !== undefined && { FailureReason: task.failureReason }),
      ApproximateNumberOfMessagesMoved: task.moved,
      ApproximateNumberOfMessagesToMove: task.toMove,
      StartedTimestamp: task.startedAt,
    })),
  };
}

/** Stops a running task; what it has moved stays moved. */
export function cancelMessageMoveTask(store: QueueStore, input: SqsInput): SqsOutput {
  const handle = requireText(input, "TaskHandle");
  const task = store.moveTasks.find((other) => other.handle === handle);
  if (!task) throw new SqsError("ResourceNotFoundException", "Task does not exist.");
  if (task.status !== "RUNNING")
    throw new SqsError("UnsupportedOperation", `Only active tasks can be cancelled. It is ${task.status}.`);
  finish(task, "CANCELLED");
  return { ApproximateNumberOfMessagesMoved: task.moved };
}

/** Ends the timers of all tasks. */
export function stopMoveTasks(store: QueueStore): void {
  for (const task of store.moveTasks) if (task.status === "RUNNING") finish(task, "CANCELLED");
}

function finish(task: MoveTask, status: MoveTask["status"]): void {
  task.status = status;
  clearTimeout(task.timer);
}

/** Visible messages, oldest first. */
const movable = (source: Queue): QueueMessage[] =>
  source
    .messages()
    .filter((message) => message.state === "ready" && !source.isLocked(message))
    .toSorted((a, b) => a.sequence - b.sequence);

function advance(store: QueueStore, source: Queue, task: MoveTask): void {
  const messages = movable(source);
  const now = messages.slice(0, task.messagesPerSecond ?? messages.length);
  for (const message of now) {
    const target = store.findByArn(task.destinationArn ?? message.deadLetterSource ?? "");
    if (!target) {
      task.failureReason = "CouldNotDetermineMessageSource";
      return finish(task, "FAILED");
    }
    source.remove(message);
    // A moved message is a new one: new id, new enqueue timestamp, no receives (Amazon SQS Developer Guide,
    // "Learn how to configure a dead-letter queue redrive").
    const { body, attributes, traceHeader, groupId } = message;
    store.put(
      target,
      {
        body,
        attributes,
        ...(traceHeader !== undefined && { traceHeader }),
        ...(groupId !== undefined && { groupId }),
        ...(target.isFifo && { deduplicationId: randomUUID() }),
      },
      0,
    );
    task.moved += 1;
  }
  if (now.length === messages.length) return finish(task, "COMPLETED");
  task.timer = setTimeout(() => advance(store, source, task), 1000);
}

function requireByArn(store: QueueStore, arn: string): Queue {
  const queue = store.findByArn(arn);
  if (queue) return queue;
  throw new SqsError("ResourceNotFoundException", "The resource that you specified doesn't exist.");
}
