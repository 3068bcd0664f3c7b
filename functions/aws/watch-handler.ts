import type { Context } from "aws-lambda";
import { visibilitySeconds, type Configuration } from "../core/configuration.ts";
import { watchWaiting } from "../core/digest/watch-waiting.ts";
import type { WatchPorts } from "../core/ports.ts";
import { watch } from "../core/watch.ts";
import { measureStates } from "../core/watch-states.ts";
import type { Meter } from "./meter.ts";
import type { RetriesInTime } from "./retries.ts";

export interface WatchHandlerContext {
  readonly configuration: Configuration;
  readonly ports: WatchPorts;
  readonly meter: Meter;
  readonly retries: Pick<RetriesInTime, "until">;
}

/** The Lambda handler of the hourly schedule. It throws when something could not be finished, so that the failure is seen. */
export function watchHandler({ configuration, meter, retries, ...context }: WatchHandlerContext) {
  const ports = { ...context.ports, measure: meter.measure };
  return async (
    _event: unknown,
    { awsRequestId, getRemainingTimeInMillis }: Pick<Context, "awsRequestId" | "getRemainingTimeInMillis">,
  ): Promise<void> => {
    const now = ports.clock.now();
    const deadline = now + getRemainingTimeInMillis() * 0.75;
    retries.until(deadline);
    // A plan of a run that is alive is finished by that run, or by the next receive of its message.
    const before = now - 2 * visibilitySeconds(configuration.timeoutSeconds) * 1000;
    const result = await watch({ owner: awsRequestId, before, deadline }, ports);
    const { audiences } = configuration;
    const waiting = await watchWaiting({ audiences, before, deadline }, ports);
    meter.measure("plansFinished", result.finished);
    meter.measure("digests", waiting.digests);
    meter.measure("strandedEntries", waiting.stranded);
    if (waiting.entries !== undefined) meter.measure("waitingEntries", waiting.entries);
    const unmeasured = await measureStates(configuration, ports);
    meter.report("info", "watched", {
      ...result,
      stranded: waiting.stranded,
      failedAudiences: waiting.failedAudiences,
    });
    const failed = [
      ...(result.failed > 0 ? [`${result.failed} plans could not be enqueued`] : []),
      ...(waiting.failedAudiences > 0
        ? [`what waits for ${waiting.failedAudiences} audiences could not be sent`]
        : []),
      ...(unmeasured > 0 ? [`${unmeasured} states could not be measured`] : []),
    ];
    if (failed.length > 0) throw new Error(`${failed.join(", ")}; see the log.`);
  };
}
