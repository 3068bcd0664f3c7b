import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, type ITable, Table } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import type { Deployment } from "./config/stack-configuration.ts";
import type { FeedbellFunction } from "./function.ts";

/** What starts the partition keys of one kind of item: see `keys` in `functions/aws/ledger-items.ts`. */
export type KeySpace = "entry" | "claim" | "feed" | "audience" | "attempt" | "sent" | "watch";

/**
 * What was seen, decided and sent. Without it every entry would be sent again, so it is retained when the stack is
 * deleted, or adopted from an earlier stack.
 */
export class LedgerTable extends Construct {
  readonly table: ITable;

  constructor(scope: Construct, id: string, { adopt }: Deployment) {
    super(scope, id);
    this.table =
      adopt.table === undefined
        ? (new Table(this, "Table", {
            partitionKey: { name: "pk", type: AttributeType.STRING },
            sortKey: { name: "sk", type: AttributeType.STRING },
            billingMode: BillingMode.PAY_PER_REQUEST,
            timeToLiveAttribute: "expires",
            pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
            deletionProtection: true,
            removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
          }) as ITable)
        : Table.fromTableName(this, "Table", adopt.table);
  }

  /**
   * Lets a function read and write single items of these key spaces (Amazon DynamoDB Developer Guide, 'Using IAM policy
   * conditions for fine-grained access control'). No function can search the table or delete from it.
   */
  grant(to: FeedbellFunction, keySpaces: readonly KeySpace[]): void {
    to.allow(
      "Ledger",
      ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"].map((call) => `dynamodb:${call}`),
      {
        resources: [this.table.tableArn],
        conditions: {
          "ForAllValues:StringLike": { "dynamodb:LeadingKeys": keySpaces.map((space) => `${space}#*`) },
        },
      },
    );
  }
}
