import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { resolved } from "../../support/resolved.ts";
import { synthesized } from "../../support/synthesized.ts";
import { raisedAt, rulesOf } from "./evaluate.ts";
import { faults, type FaultNames } from "./faults.ts";
import { normalWeek } from "./normal-week.ts";
import { day, hour, minute } from "./simulated-stack.ts";

const synthesis = synthesized({ audiences: [{ name: "news", mode: "alerts", sms: { countries: ["DE"] } }] });
const resources = resolved(synthesis);
const rules = rulesOf(synthesis);

const idOf = (type: string, start: string): string => {
  const found = [...resources].find(([id, { Type }]) => Type === type && id.startsWith(start));
  if (!found) throw new Error(`no ${type} ${start}`);
  return found[0];
};
const resourceNames = {
  queue: (start: string) => `${idOf("AWS::SQS::Queue", start)}.QueueName`,
  function: (start: string) => idOf("AWS::Lambda::Function", `${start}Function`),
};
const names: FaultNames = {
  table: idOf("AWS::DynamoDB::Table", "Ledger"),
  scheduleGroup: (start) =>
    String(resources.get(idOf("AWS::Scheduler::ScheduleGroup", start))?.Properties["Name"]),
  topic: String(resources.get(idOf("AWS::SNS::Topic", "Topics"))?.Properties["TopicName"]),
};

/** The audience, or the country and type of SMS, that an alarm is for. */
const withoutPart = (id: string): string => id.replace(/-.*$/, "");

/** The stated times of the runbook's table by alarm, seconds. */
const runbook = readFileSync(new URL("../../../infra/RUNBOOK.md", import.meta.url), "utf8");
const stated = new Map(
  [
    ...runbook.matchAll(
      /^\| `(\w+)`[^|]*\| (\w+) +\| \[([^\]]+)\]\(#([\w-]+)\) +\|[^|]*\| (\d+) (min|h) +\|$/gm,
    ),
  ].map(([, id = "", severity, heading, anchor, amount, unit]) => [
    id,
    { severity, heading, anchor, seconds: Number(amount) * (unit === "h" ? hour : minute) },
  ]),
);

const open = () => normalWeek(resourceNames, { ...names, scheduleGroup: names.scheduleGroup("Schedules") });

/** Periods that CloudWatch may look at beyond those that it evaluates. */
const extras = [0, 3];

describe("the table of the runbook", () => {
  it("has every alarm with its severity and its heading", () => {
    const alarms = rules.map(({ id, description }) => [
      withoutPart(id),
      /^Severity (\w+)/.exec(description)?.[1],
      /RUNBOOK\.md#([\w-]+)/.exec(description)?.[1],
    ]);
    expect([...stated].map(([id, { severity, anchor }]) => [id, severity, anchor])).toEqual(alarms);
  });
});

describe("a normal week", () => {
  const stack = open();
  stack.run(7 * day);

  it.each(rules)("raises no $id", (rule) => {
    const raised = extras.map((extra) =>
      // On the first day there is no data of the day before.
      raisedAt(rule, stack.samples, { from: 2 * day, until: 7 * day, extra }),
    );
    expect(raised).toEqual(extras.map(() => []));
  });

  it("has data for the metrics of the functions and queues", () => {
    const empty = rules.filter(
      ({ metric }) => /^(?:AWS\/Lambda|AWS\/SQS|feedbell) /.test(metric) && !stack.samples.has(metric),
    );
    // A queue reports messages in flight only while there are some, and Lambda throttles only where it throttles.
    expect(
      empty
        .map(({ id }) => id)
        .filter((id) => !/InFlight$|Throttled$|DeadLetters$|Failures$|^SlotsWait$/.test(id)),
    ).toEqual([]);
  });
});

describe("the fault", () => {
  it("of every alarm is simulated", () => {
    expect([...faults.keys()].toSorted()).toEqual(
      [...new Set(rules.map(({ id }) => withoutPart(id)))].toSorted(),
    );
  });

  it.each(rules)("of $id raises it within the time that the runbook states", (rule) => {
    const id = withoutPart(rule.id);
    const limit = stated.get(id)?.seconds ?? 0;
    const times = [0, 11].flatMap((offset) => {
      const from = 15 * hour + offset * minute;
      const stack = open();
      stack.run(from);
      faults.get(id)?.start(stack, from, names);
      stack.run(from + limit + hour);
      return extras.map((extra) => {
        const options = { until: from + limit + hour, extra };
        const [first = Infinity] = raisedAt(rule, stack.samples, { ...options, from: from - hour });
        return (first - from) / minute;
      });
    });
    // Not before the fault, and the runbook does not promise much less than it keeps.
    expect(Math.min(...times)).toBeGreaterThan(0);
    expect(Math.max(...times)).toBeLessThanOrEqual(limit / minute);
    expect(Math.max(...times)).toBeGreaterThan((limit / minute) * 0.5);
  });
});
