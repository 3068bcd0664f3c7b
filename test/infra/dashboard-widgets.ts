import type { Synthesis } from "../../infra/app.ts";
import { resolved } from "../support/resolved.ts";
import { metricKey } from "./alarms/evaluate.ts";

/** A part of a dashboard (CloudWatch API Reference, 'Dashboard body structure and syntax'). */
export interface Widget {
  readonly type: string;
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly unknown[])[];
  };
}

interface ShownMetric {
  readonly key: string;
  readonly statistic: string | undefined;
  readonly label: string;
}

export function widgetsOf(synthesis: Synthesis): readonly Widget[] {
  const dashboard = [...resolved(synthesis).values()].find(
    ({ Type }) => Type === "AWS::CloudWatch::Dashboard",
  );
  const body = JSON.parse(String(dashboard?.Properties["DashboardBody"])) as {
    readonly widgets: readonly Widget[];
  };
  return body.widgets;
}

/** The metrics of a widget; `.` repeats the value above (CloudWatch API Reference, 'Dashboard body structure and syntax'). */
export function metricsOf({ properties }: Widget): readonly ShownMetric[] {
  let above: readonly unknown[] = [];
  return (properties.metrics ?? []).map((row) => {
    const parts = row
      .filter((part) => typeof part === "string")
      .map((part, i) => (part === "." ? above[i] : part));
    above = parts;
    const [namespace, name, ...dimensions] = parts.map(String);
    const pairs = dimensions.flatMap((key, i) =>
      i % 2 === 0 ? [[key, dimensions[i + 1] ?? ""] as const] : [],
    );
    const options = row.find((part) => typeof part === "object") as
      | { readonly stat?: string; readonly label?: string }
      | undefined;
    return {
      key: metricKey(namespace ?? "", name ?? "", Object.fromEntries(pairs)),
      statistic: options?.stat,
      label: options?.label ?? name ?? "",
    };
  });
}
