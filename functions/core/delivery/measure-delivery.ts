import { manyAttempts } from "../backoff.ts";
import type { DeliverPorts } from "../ports.ts";
import { countsOf, type Publication } from "./daily-limit.ts";
import type { Received } from "./received.ts";

type MeasurePorts = Pick<DeliverPorts, "measure" | "clock">;

/** Measures how long messages waited that deliver has just received. */
export function measureReceived(received: readonly Received[], ports: MeasurePorts): void {
  for (const { message } of received) measureAge("outboxAge", message.at, ports);
}

/** Measures messages that SNS has just accepted. */
export function measureAccepted(messages: readonly Publication[], ports: MeasurePorts): void {
  const { measure } = ports;
  for (const message of messages) {
    const of = { audience: message.audience };
    measure?.("sent", 1, of);
    measure?.("smsParts", countsOf([message]).parts, of);
    measureAge("deliveryAge", message.uploaded, ports);
  }
}

/** Measures messages that could not be published. */
export function measureRetries(
  failed: readonly Received[],
  { measure }: Pick<MeasurePorts, "measure">,
): void {
  measure?.("retries", failed.length);
  measure?.("manyAttempts", failed.filter(({ receives }) => receives > manyAttempts).length);
}

/** Clocks differ: a time in the future counts as now. `since`: ISO 8601. */
function measureAge(
  name: "outboxAge" | "deliveryAge",
  since: string | undefined,
  { measure, clock }: MeasurePorts,
): void {
  const age = clock.now() - Date.parse(since ?? "");
  if (!Number.isNaN(age)) measure?.(name, Math.max(0, age));
}
