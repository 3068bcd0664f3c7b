import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, Table } from "aws-cdk-lib/aws-dynamodb";
import { type IRole, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";

/** What has been seen, claimed and sent. Losing it would send everything again, so it outlives the stack. */
export class LedgerTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new Table(this, "Table", {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: "expires",
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** Reads and single writes of known keys: nothing is searched, and nothing deleted but by its time. */
  grantUse(role: IRole): void {
    role.addToPrincipalPolicy(
      new PolicyStatement({
        sid: "Ledger",
        actions: ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"].map((call) => `dynamodb:${call}`),
        resources: [this.table.tableArn],
      }),
    );
  }
}
