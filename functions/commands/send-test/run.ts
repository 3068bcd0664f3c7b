import { randomUUID } from "node:crypto";
import { snsSubscriptionCounter } from "../../aws/subscription-counts.ts";
import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { snsTopics } from "../../aws/topics.ts";
import { isConfirmed } from "../../console/confirmation.ts";
import { counted, safeLine, write, writeError } from "../../console/terminal.ts";
import { UsageError } from "../../console/usage-error.ts";
import { topicName, type Audience } from "../../core/configuration.ts";
import { describeFailure } from "../failure.ts";
import { unknownAudience } from "../known-names.ts";
import { readConfiguration } from "../options.ts";
import type { StackAddress, StackOptions } from "../stack.ts";
import { withStack } from "../with-stack.ts";
import { testMessage } from "./test-message.ts";

export interface SendTestOptions extends StackOptions {
  readonly audience: string;
  readonly config?: string;
  readonly yes?: true;
  readonly json?: true;
}

/** Publishes the test message to the topic of an audience, as deliver would, after a confirmation. */
export async function sendTest(options: SendTestOptions): Promise<void> {
  const audience = await findAudience(options);
  await withStack("send-test", options, async (stack, { sns }) => {
    const prefix = topicPrefix(stack, audience);
    const { confirmed: readers } = await snsSubscriptionCounter(sns, prefix).count(audience);
    const id = `test-${randomUUID()}`;
    const message = testMessage(audience, { now: Date.now(), id });
    if (readers > 0) {
      const what = `${safeLine(stack.name)}: ${counted(readers, "reader", "readers")} of ${audience.name} get "${message.subject}".`;
      if (!(await isConfirmed({ what }, options))) return;
    }
    const [result] = await snsTopics(sns, prefix, [audience]).publish(audience.name, [message]);
    if (result?.outcome !== "accepted") {
      writeError(describeFailure("send-test", notAccepted(result?.why ?? "no answer")));
      process.exitCode = 1;
      return;
    }
    const { subject } = message;
    const line = options.json
      ? jsonLine({ audience: audience.name, message: message.id, subject, readers })
      : `${message.id}  ${safeLine(subject)}  ${counted(readers, "reader", "readers")}`;
    await write(process.stdout, `${line}\n`);
  });
}

async function findAudience({ audience, config }: SendTestOptions): Promise<Audience> {
  const { audiences } = await readConfiguration(config);
  const found = audiences.find(({ name }) => name === audience);
  if (found) return found;
  throw unknownAudience(
    audience,
    audiences.map(({ name }) => name),
  );
}

/** The ARN of every topic up to its audience's name. */
function topicPrefix(stack: StackAddress, audience: Audience): string {
  const arn = stack.topicOf(audience.name);
  if (arn === undefined)
    throw new UsageError(
      `${stack.name} has no topic for the audience ${audience.name}; deploy it first, or give the topic's ARN as --topic.`,
    );
  if (!arn.endsWith(topicName(audience)))
    throw new UsageError(`${arn} is not the topic of the audience ${audience.name}.`);
  return arn.slice(0, -topicName(audience).length);
}

const notAccepted = (why: string) => ({
  code: "not-accepted",
  message: "SNS did not accept the message.",
  found: why,
  expected: "an accepted message",
  hint: "Check the topic and your permission sns:Publish, then run the command again.",
});
