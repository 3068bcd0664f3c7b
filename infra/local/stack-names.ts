import { environmentNames } from "../../functions/aws/environment.ts";
import type { Provisioned } from "./provision.ts";
import type { StackNames } from "../../functions/console/live-stack.ts";
import { TemplateError } from "./template.ts";

/** Reads resource names from the stack's outputs and the function's environment. */
export function findNames(
  { outputs, functions }: Provisioned,
  topicArns: readonly string[],
): Pick<StackNames, "bucket" | "topics" | "queues" | "table"> {
  const output = (name: string) => {
    const value = outputs[name];
    if (value === undefined) throw new TemplateError(`it has no output ${name}`);
    return value;
  };
  const prefix = [...functions.values()]
    .map(({ environment }) => environment[environmentNames.topicPrefix])
    .find((value) => value !== undefined);
  if (prefix === undefined) throw new TemplateError(`no function has ${environmentNames.topicPrefix}`);
  const audiences = topicArns.filter((arn) => arn.startsWith(prefix));
  return {
    bucket: output("BucketName"),
    topics: Object.fromEntries(audiences.map((arn) => [arn.slice(prefix.length), arn])),
    queues: {
      intake: output("IntakeQueueUrl"),
      deadLetter: output("DeadLetterQueueUrl"),
      outbox: output("OutboxQueueUrl"),
      outboxDeadLetter: output("OutboxDeadLetterQueueUrl"),
      slots: output("SlotsQueueUrl"),
    },
    table: output("TableName"),
  };
}
