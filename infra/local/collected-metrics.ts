/** What a metric was in one minute, as CloudWatch's statistics show it. */
interface MetricPeriod {
  /** Start of the minute, ISO 8601. */
  readonly at: string;
  readonly sum: number;
  readonly count: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** One metric of one set of dimension values. */
export interface CollectedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly unit: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** The minutes in which it has data, oldest first. */
  readonly periods: readonly MetricPeriod[];
}

export interface CollectedMetrics {
  /** Reads a line of the functions' log. */
  readLogLine(line: string): void;
  all(): readonly CollectedMetric[];
}

/** A metric directive (Amazon CloudWatch User Guide, 'Specification: Embedded metric format'). */
interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string; readonly Unit?: string }[];
}

type Line = Readonly<Record<string, unknown>> & {
  readonly _aws?: { readonly Timestamp: number; readonly CloudWatchMetrics: readonly Directive[] };
};

const minute = 60_000;

/** Extracts metrics from log lines in the embedded metric format, as CloudWatch does, and keeps them by minute. */
export function collectMetrics(): CollectedMetrics {
  const found = new Map<string, CollectedMetric & { readonly periods: MetricPeriod[] }>();

  function add(metric: Omit<CollectedMetric, "periods">, at: string, value: number): void {
    const key = JSON.stringify([metric.namespace, metric.name, metric.dimensions]);
    const known = found.get(key) ?? { ...metric, periods: [] };
    found.set(key, known);
    const i = known.periods.findIndex((period) => period.at === at);
    const before = known.periods[i] ?? { at, sum: 0, count: 0, minimum: value, maximum: value };
    known.periods[i < 0 ? known.periods.length : i] = {
      at,
      sum: before.sum + value,
      count: before.count + 1,
      minimum: Math.min(before.minimum, value),
      maximum: Math.max(before.maximum, value),
    };
  }

  return {
    readLogLine(text) {
      if (!text.includes('"_aws"')) return;
      const line = parseLine(text);
      if (!line?._aws) return;
      const at = new Date(Math.floor(line._aws.Timestamp / minute) * minute).toISOString();
      for (const { Namespace: namespace, Dimensions, Metrics } of line._aws.CloudWatchMetrics)
        for (const names of Dimensions) {
          const dimensions = Object.fromEntries(names.map((name) => [name, String(line[name])]));
          for (const { Name: name, Unit: unit = "None" } of Metrics)
            for (const value of [line[name]].flat())
              if (typeof value === "number") add({ namespace, name, unit, dimensions }, at, value);
        }
    },
    all: () => [...found.values()],
  };
}

function parseLine(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}
