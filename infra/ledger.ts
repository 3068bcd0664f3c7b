import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, type ITable, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import type { Deployment } from "./config/stack-configuration.ts";
import { customerKey } from "./encryption.ts";
import type { FeedbellFunction } from "./function.ts";

/** What starts the partition keys of one kind of item: see `keys` in `functions/aws/ledger-items.ts`. */
export type KeySpace = "entry" | "claim" | "feed" | "audience" | "attempt" | "sent" | "watch" | "waiting";

/**
 * What was seen, decided and sent. Without it every entry would be sent again, so it is retained when the stack is
 * deleted, or adopted from an earlier stack.
 */
export class LedgerTable extends Construct {
  readonly table: ITable;

  constructor(scope: Construct, id: string, { adopt }: Deployment) {
    super(scope, id);
    const key = customerKey(this);
    this.table =
      adopt.table === undefined
        ? (new Table(this, "Table", {
            partitionKey: { name: "pk", type: AttributeType.STRING },
            sortKey: { name: "sk", type: AttributeType.STRING },
            billingMode: BillingMode.PAY_PER_REQUEST,
            timeToLiveAttribute: "expires",
            pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
            deletionProtection: true,
            ...(key && { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key }),
            removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
          }) as ITable)
        : Table.fromTableName(this, "Table", adopt.table);
  }

  /** Lets a function read and write single items of these key spaces. */
  grant(to: FeedbellFunction, keySpaces: readonly KeySpace[]): void {
    this.allow(to, "Ledger", { calls: ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"], keySpaces });
  }

  /** Lets a function read single items of these key spaces. */
  grantRead(to: FeedbellFunction, keySpaces: readonly KeySpace[]): void {
    this.allow(to, "ReadLedger", { calls: ["GetItem", "BatchGetItem"], keySpaces });
  }

  /** Lets a function read the lists of these key spaces, and put and delete their items. */
  grantLists(to: FeedbellFunction, keySpaces: readonly KeySpace[]): void {
    this.allow(to, "Lists", { calls: ["Query", "BatchWriteItem"], keySpaces });
  }

  /** Lets a function read the lists of these key spaces. */
  grantQuery(to: FeedbellFunction, keySpaces: readonly KeySpace[]): void {
    this.allow(to, "Query", { calls: ["Query"], keySpaces });
  }

  /** Lets a function put items into the lists of these key spaces. */
  grantAppend(to: FeedbellFunction, keySpaces: readonly KeySpace[]): void {
    this.allow(to, "Append", { calls: ["BatchWriteItem"], keySpaces });
  }

  /**
   * A statement for the partition keys that start like this (Amazon DynamoDB Developer Guide, 'Using IAM policy
   * conditions for fine-grained access control'). No function can scan the table.
   */
  private allow(
    to: FeedbellFunction,
    sid: string,
    { calls, keySpaces }: { readonly calls: readonly string[]; readonly keySpaces: readonly KeySpace[] },
  ): void {
    to.allow(
      sid,
      calls.map((call) => `dynamodb:${call}`),
      {
        resources: [this.table.tableArn],
        conditions: {
          "ForAllValues:StringLike": { "dynamodb:LeadingKeys": keySpaces.map((space) => `${space}#*`) },
        },
      },
    );
  }
}
