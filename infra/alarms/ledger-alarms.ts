import { type AlarmDefinition, fiveMinuteSum } from "./definition.ts";
import type { MonitoredParts } from "./parts.ts";

/**
 * Amazon DynamoDB Developer Guide, 'DynamoDB metrics and dimensions': these two have the table as their only dimension,
 * `ThrottledRequests` has one metric for each operation. CloudWatch may ignore missing data in alarms on this namespace
 * against their setting (`PutMetricAlarm` in the CloudWatch API Reference); they then stay raised until the next request of that kind.
 */
export const ledgerAlarms = ({ ledger: { table } }: MonitoredParts): readonly AlarmDefinition[] =>
  (["Read", "Write"] as const).map((kind) => ({
    id: `Ledger${kind}sThrottled`,
    severity: "medium",
    heading: "Ledger throttled",
    summary: `DynamoDB has refused ${kind.toLowerCase()}s of the ledger for a quarter of an hour.`,
    where: `Table ${table.tableName}`,
    metric: table.metric(`${kind}ThrottleEvents`, fiveMinuteSum),
    threshold: { above: 0 },
    periods: 3,
    outOf: 4,
  }));
