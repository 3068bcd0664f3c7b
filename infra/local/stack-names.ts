import { environmentNames } from "../../functions/aws/environment.ts";
import { topicName } from "../../functions/core/configuration.ts";
import { readFunctionConfiguration } from "./function-configuration.ts";
import type { FunctionDefinition } from "./resources/resource-type.ts";
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
  return {
    bucket: output("BucketName"),
    topics: topicsOf([...functions.values()], topicArns),
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

/** The topics by audience, as deliver knows them: from the prefix in its environment and its configuration. */
function topicsOf(
  functions: readonly FunctionDefinition[],
  topicArns: readonly string[],
): Readonly<Record<string, string>> {
  for (const { environment, taskRoot } of functions) {
    const prefix = environment[environmentNames.topicPrefix];
    if (prefix === undefined) continue;
    const topics = readFunctionConfiguration({ taskRoot }).audiences.map(
      (audience) => [audience.name, prefix + topicName(audience)] as const,
    );
    return Object.fromEntries(topics.filter(([, arn]) => topicArns.includes(arn)));
  }
  throw new TemplateError(`no function has ${environmentNames.topicPrefix}`);
}
