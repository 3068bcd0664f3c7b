import { day, hour, minute, SimulatedStack, type ResourceNames } from "./simulated-stack.ts";

/** Whether `now` is in the minutes from … to … of a day of the week. */
const within = (now: number, weekday: number, from: number, to: number): boolean =>
  Math.floor(now / day) === weekday && now % day >= from && now % day < to;

/**
 * A stack in a week without a fault that operators must know of: uploads at daytime only, single snapshots that are
 * retried, one crash that the second attempt survives, a short throttle of SNS, of DynamoDB and of Lambda, one error of
 * the scheduler, a reader who confirms after some hours and one who leaves, a telephone that is switched off, some
 * spending for SMS, and a deployment: for ten minutes around noon no function is invoked, the first invocation of each
 * one after it times out, and DynamoDB throttles while known entries are read again by the new code.
 */
export function normalWeek(
  names: ResourceNames,
  {
    scheduleGroup,
    table,
    topic,
  }: { readonly scheduleGroup: string; readonly table: string; readonly topic: string },
): SimulatedStack {
  const stack = new SimulatedStack(names);
  const isDeployed = (now: number) => within(now, 2, 12 * hour, 12 * hour + 10 * minute);
  const isFirst = (now: number) => within(now, 2, 12 * hour + 10 * minute, 12 * hour + 11 * minute);
  stack.uploads = (now) => {
    const time = now % day;
    return time >= 5 * hour && time < 22 * hour && now % (10 * minute) === 3 * minute;
  };
  stack.behave.ingest = (now, { attempts, receives }) => {
    if (within(now, 4, 9 * hour, 9 * hour + 5 * minute) && receives === 1) return "crash";
    if (isFirst(now)) return "crash";
    if (within(now, 1, 8 * hour, 8 * hour + 5 * minute)) return "throttle";
    return Math.floor(now / minute) % 230 === 3 && attempts < 3 ? "retry" : "done";
  };
  // SNS throttles for twenty minutes.
  stack.behave.deliver = (now) => {
    if (isFirst(now)) return "crash";
    return within(now, 3, 10 * hour, 10 * hour + 20 * minute) ? "retry" : "done";
  };
  stack.behave.digest = (now) => (isFirst(now) ? "crash" : "done");
  stack.states = (now) => ({
    subscriptionsConfirmed: 25,
    subscriptionsPending: within(now, 1, 8 * hour, 14 * hour) ? 1 : 0,
    subscriptionsDeleted: now > 2 * day && now < 5 * day ? 1 : 0,
    feeds: 6,
    waitingEntries: now % day < 7 * hour ? 12 : 0,
  });
  stack.everyMinute = (now) => {
    for (const name of ["ingest", "deliver", "digest"] as const)
      if (isDeployed(now)) stack.off.add(name);
      else if (isDeployed(now - minute)) stack.off.delete(name);
    if (isFirst(now)) {
      stack.emit("AWS/DynamoDB", "ReadThrottleEvents", 5, { TableName: table });
      stack.emit("AWS/DynamoDB", "WriteThrottleEvents", 5, { TableName: table });
    }
    if (now === 3 * day + 9 * hour || now === 4 * day + 18 * hour)
      stack.emit("AWS/SNS", "NumberOfNotificationsFailed", 1, { TopicName: topic });
    if (within(now, 0, 12 * hour, 12 * hour + 2 * minute))
      stack.emit("AWS/DynamoDB", "WriteThrottleEvents", 5, { TableName: table });
    if (now === 5 * day + hour)
      stack.emit("AWS/Scheduler", "TargetErrorCount", 1, { ScheduleGroup: scheduleGroup });
    if (now % hour === 0) {
      stack.emit("AWS/SNS", "SMSMonthToDateSpentUSD", (0.5 * now) / (7 * day));
      stack.emit("AWS/SNS", "SMSSuccessRate", 0.95, { Country: "DE", SMSType: "Promotional" });
    }
  };
  return stack;
}
