import { Duration } from "aws-cdk-lib";
import { DeduplicationScope, FifoThroughputLimit, type Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { deliverSeconds, maxOutboxReceives, visibilitySeconds } from "../functions/core/configuration.ts";
import { deadLetterDays, outboxDays } from "./config/retention.ts";
import type { StackConfiguration } from "./config/stack-configuration.ts";
import { FeedbellQueue } from "./queue.ts";

/** The FIFO queue between ingest and deliver, with one message group per audience, so that no audience waits for another. */
export class OutboxQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, configuration: StackConfiguration) {
    super(scope, id);
    const fifo = {
      fifo: true,
      // Both together switch on high throughput (Amazon SQS Developer Guide, 'Enabling high throughput for FIFO queues').
      deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
      fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
    };
    this.deadLetters = new FeedbellQueue(this, "DeadLetters", { ...fifo, retentionDays: deadLetterDays });
    this.queue = new FeedbellQueue(this, "Queue", {
      ...fifo,
      visibilityTimeout: Duration.seconds(visibilitySeconds(deliverSeconds(configuration))),
      retentionDays: outboxDays,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: maxOutboxReceives },
    });
  }
}
