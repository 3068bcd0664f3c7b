import {
  metricNamespace,
  metrics,
  stackDimension,
  type Measure,
  type MetricDefinition,
  type MetricName,
  type MetricSource,
} from "../core/metrics.ts";
import type { Clock, Log } from "../core/ports.ts";

/** Values of one metric in one log line (Amazon CloudWatch User Guide, 'Specification: Embedded metric format'). */
const maxValues = 100;

/** Collects the metrics of one function process. One instance serves a process, because Lambda runs one invocation at a time in it. */
export interface Meter {
  readonly measure: Measure;
  /**
   * Logs an event with every metric of the function since the last report, 0 included, and another line for each audience
   * and each code that has a value.
   */
  readonly report: Log;
  /** Logs what was measured since the last report, without what was 0. */
  readonly emit: () => void;
  /** Reports what was measured since the last report, if anything. */
  readonly flush: () => void;
}

type Values = Map<MetricName, readonly number[]>;

/** CloudWatch extracts the metrics from the log lines: there is no call that could fail or delay a run. */
export function openMeter(
  source: MetricSource,
  { stack, clock, log }: { readonly stack: string; readonly clock: Pick<Clock, "now">; readonly log: Log },
): Meter {
  let totals: Values = new Map();
  /** By dimension and value. */
  let parts = new Map<string, { readonly of: Readonly<Record<string, string>>; readonly values: Values }>();

  /** Counts that were emitted since the last report: it does not say 0 for them. */
  const emitted = new Set<MetricName>();
  const write: Log = (level, event, details) => {
    const [now, all, some] = [clock.now(), totals, parts];
    totals = new Map();
    parts = new Map();
    log(level, event, { ...details, ...embedded(now, { [stackDimension]: stack }, all) });
    for (const { of, values } of some.values())
      log("info", "measured", embedded(now, { [stackDimension]: stack, ...of }, values));
  };

  const meter: Meter = {
    measure(name, value, of) {
      add(totals, name, value);
      const by = definition(name).by;
      const part = by && of?.[by];
      if (part === undefined || value === 0) return;
      const key = `${by} ${part}`;
      const found = parts.get(key) ?? { of: { [String(by)]: part }, values: new Map() };
      parts.set(key, found);
      add(found.values, name, value);
    },
    report(level, event, details) {
      for (const name of countsOf(source)) if (!emitted.has(name)) add(totals, name, 0);
      emitted.clear();
      write(level, event, details);
    },
    emit() {
      for (const [name, values] of totals)
        if (definition(name).unit === "Count" && values.every((value) => value === 0)) totals.delete(name);
      if (totals.size === 0) return;
      for (const name of totals.keys()) emitted.add(name);
      write("info", "measured", {});
    },
    flush() {
      if (totals.size > 0) meter.report("info", "measured", {});
    },
  };
  return meter;
}

const definition = (name: MetricName): MetricDefinition => metrics[name];

/** The sums of a function, which are emitted although they are 0. A state that was not read is unknown, not 0. */
const countsOf = (source: MetricSource): readonly MetricName[] =>
  (Object.keys(metrics) as MetricName[]).filter((name) => {
    const { from, statistic } = definition(name);
    return statistic === "Sum" && from.includes(source);
  });

/** Counts are added up; of ages every value is kept, as far as a line can have them. */
function add(values: Values, name: MetricName, value: number): void {
  const before = values.get(name) ?? [];
  if (definition(name).unit === "Count") values.set(name, [(before[0] ?? 0) + value]);
  else if (before.length < maxValues) values.set(name, [...before, value]);
}

/** The fields from which CloudWatch extracts metrics (the same specification). */
function embedded(
  now: number,
  dimensions: Readonly<Record<string, string>>,
  values: Values,
): Readonly<Record<string, unknown>> {
  const named = [...values.keys()].map((Name) => ({ Name, Unit: definition(Name).unit }));
  return {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [
        { Namespace: metricNamespace, Dimensions: [Object.keys(dimensions)], Metrics: named },
      ],
    },
    ...dimensions,
    ...Object.fromEntries([...values].map(([name, list]) => [name, list.length === 1 ? list[0] : list])),
  };
}
