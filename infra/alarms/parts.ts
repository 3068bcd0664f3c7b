import type { StackConfiguration } from "../config/stack-configuration.ts";
import type { Delivery } from "../delivery.ts";
import type { Intake } from "../intake.ts";
import type { LedgerTable } from "../ledger.ts";
import type { OutboxQueue } from "../outbox.ts";
import type { Schedules } from "../schedules.ts";
import type { AudienceTopics } from "../topics.ts";
import type { Watch } from "../watch.ts";

/** What alarms and dashboard look at. */
export interface MonitoredParts {
  readonly configuration: StackConfiguration;
  readonly ledger: LedgerTable;
  readonly outbox: OutboxQueue;
  readonly topics: AudienceTopics;
  readonly intake: Intake;
  readonly delivery: Delivery;
  readonly schedules: Schedules;
  readonly watch: Watch;
}
