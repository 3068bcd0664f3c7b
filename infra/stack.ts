import { CfnOutput, Stack, Tags } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { StackConfiguration } from "./config/stack-configuration.ts";
import { Delivery } from "./delivery.ts";
import { Intake } from "./intake.ts";
import { LedgerTable } from "./ledger.ts";

/** Snapshots go in by the bucket, messages come out by the topics, the ledger remembers which. */
export class FeedbellStack extends Stack {
  constructor(scope: Construct, configuration: StackConfiguration, bundleFolder: string) {
    const { audiences, deployment } = configuration;
    super(scope, deployment.stackName, {
      description: "feedbell: feed snapshots in, email and text messages out",
      analyticsReporting: false,
    });
    for (const [key, value] of Object.entries(deployment.tags)) Tags.of(this).add(key, value);

    const ledger = new LedgerTable(this, "Ledger");
    const delivery = new Delivery(this, "Delivery", configuration);
    const intake = new Intake(this, "Intake", { configuration, bundleFolder, ledger, delivery });

    this.tell(
      "BucketName",
      intake.bucket.bucketName,
      "Upload snapshots here, as snapshots/<feed>/<any name>",
    );
    for (const { name } of audiences) {
      const arn = delivery.topics.get(name)?.topicArn ?? "";
      this.tell(`Topic${pascalCase(name)}`, arn, `Subscribe the readers of ${name} here`);
    }
    this.tell("IntakeQueueUrl", intake.queue.queueUrl, "What is waiting to be read");
    this.tell("DeadLetterQueueUrl", intake.deadLetters.queueUrl, "What failed five times");
    this.tell("TableName", ledger.table.tableName, "What has been sent");
    this.tell("FunctionName", intake.ingest.functionName, "What reads, summarises and sends");
  }

  private tell(name: string, value: string, description: string): CfnOutput {
    return new CfnOutput(this, name, { value, description });
  }
}

/** `city-desk` is `CityDesk`: names of outputs are letters and digits. */
export const pascalCase = (slug: string): string =>
  slug.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
