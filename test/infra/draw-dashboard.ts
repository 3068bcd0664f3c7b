import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { synthesize } from "../../infra/app.ts";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import { resolved } from "../support/resolved.ts";
import { raisedAt, rulesOf, type Samples } from "./alarms/evaluate.ts";
import { faults } from "./alarms/faults.ts";
import { normalWeek } from "./alarms/normal-week.ts";
import { day, hour } from "./alarms/simulated-stack.ts";
import { metricsOf, widgetsOf, type Widget } from "./dashboard-widgets.ts";

// Draws infra/dashboard.svg from the dashboard's own definition and the metrics of a simulated day, in the evening of
// which every snapshot kills ingest: red are the alarms that this raises.

const idle = fileURLToPath(new URL("../support/idle.ts", import.meta.url));
const columnWidth = 50;
const rowHeight = 34;
const period = 900;
const colours = ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd"];

const outdir = mkdtempSync(path.join(tmpdir(), "feedbell-dashboard-"));
const synthesis = synthesize({
  outdir,
  configuration: parseConfiguration({}),
  entries: { ingest: idle, deliver: idle, digest: idle, watch: idle },
});
rmSync(outdir, { recursive: true });
const resources = resolved(synthesis);
const idOf = (type: string, start: string): string =>
  [...resources].find(([id, { Type }]) => Type === type && id.startsWith(start))?.[0] ?? "";
const group = String(resources.get(idOf("AWS::Scheduler::ScheduleGroup", "Schedules"))?.Properties["Name"]);
const table = idOf("AWS::DynamoDB::Table", "Ledger");
const names = {
  queue: (start: string) => `${idOf("AWS::SQS::Queue", start)}.QueueName`,
  function: (start: string) => idOf("AWS::Lambda::Function", `${start}Function`),
};
const stack = normalWeek(names, { scheduleGroup: group, table, topic: "" });
stack.run(18 * hour);
faults.get("IngestFails")?.start(stack, 18 * hour, { table, scheduleGroup: () => group, topic: "" });
stack.run(day);

const raised = rulesOf(synthesis).map(
  (rule) => raisedAt(rule, stack.samples, { from: 2 * hour, until: day, extra: 0 }).length > 0,
);
const widgets = widgetsOf(synthesis);
const height = Math.max(...widgets.map((widget) => widget.y + widget.height)) * rowHeight;
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${24 * columnWidth} ${height}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#f2f3f3"/>
${widgets.map((widget) => draw(widget, stack.samples)).join("\n")}
</svg>
`;
writeFileSync(new URL("../../infra/dashboard.svg", import.meta.url), svg);

function draw(widget: Widget, samples: Samples): string {
  const { title = "", markdown, alarms } = widget.properties;
  const [x, y] = [widget.x * columnWidth + 4, widget.y * rowHeight + 4];
  const [width, height] = [widget.width * columnWidth - 8, widget.height * rowHeight - 8];
  const at = `<g transform="translate(${x} ${y})">`;
  if (markdown !== undefined) {
    const [question = "", hint = ""] = markdown.replace("## ", "").split("\n");
    return `${at}<text y="24" font-size="20" font-weight="bold">${escape(question)}</text><text y="48">${escape(hint)}</text></g>`;
  }
  const box = `<rect width="${width}" height="${height}" rx="4" fill="#fff" stroke="#d5dbdb"/><text x="10" y="20" font-weight="bold">${escape(title)}</text>`;
  if (alarms) {
    const cells = alarms.map((_, i) => {
      const [column, row] = [i % 40, Math.floor(i / 40)];
      return `<rect x="${10 + column * 29}" y="${34 + row * 30}" width="24" height="22" rx="2" fill="${raised[i] === true ? "#d62728" : "#2ca02c"}"/>`;
    });
    return `${at}${box}${cells.join("")}</g>`;
  }
  return `${at}${box}${lines(widget, samples, width, height)}</g>`;
}

function lines(widget: Widget, samples: Samples, width: number, height: number): string {
  const shown = metricsOf(widget).map(({ key, statistic, label }) => ({
    label,
    points: pointsOf(samples.get(key) ?? [], statistic),
  }));
  const max = Math.max(1, ...shown.flatMap(({ points }) => points.map(([, value]) => value)));
  const [left, top, bottom] = [44, 34, height - 44];
  const px = (time: number) => (left + (time / day) * (width - left - 10)).toFixed(1);
  const py = (value: number) => (bottom - (value / max) * (bottom - top)).toFixed(1);
  const drawn = shown.map(({ label, points }, i) => {
    const colour = colours[i % colours.length] ?? "";
    const line = points.map(([time, value]) => `${px(time)},${py(value)}`).join(" ");
    const before = shown.slice(0, i).map((other) => other.label.length * 5 + 20);
    const offset = before.reduce((sum, space) => sum + space, 10);
    return `<polyline points="${line}" fill="none" stroke="${colour}" stroke-width="1.5"/><rect x="${offset}" y="${height - 20}" width="10" height="10" fill="${colour}"/><text x="${offset + 13}" y="${height - 11}" font-size="10">${escape(label)}</text>`;
  });
  const axis = `<path d="M${left} ${top}V${bottom}H${width - 10}" fill="none" stroke="#aab7b8"/><text x="${left - 4}" y="${top + 8}" text-anchor="end" font-size="10">${Math.round(max).toLocaleString("en")}</text><text x="${left - 4}" y="${bottom}" text-anchor="end" font-size="10">0</text><text x="${left}" y="${bottom + 13}" font-size="10">00:00</text><text x="${width - 10}" y="${bottom + 13}" text-anchor="end" font-size="10">24:00</text>`;
  return axis + drawn.join("");
}

/** The values of each quarter of an hour, combined as the widget says. */
function pointsOf(
  values: readonly { readonly at: number; readonly value: number }[],
  statistic: string | undefined,
): readonly (readonly [time: number, value: number])[] {
  const buckets = new Map<number, number>();
  for (const { at, value } of values) {
    const bucket = Math.floor(at / period) * period;
    const before = buckets.get(bucket) ?? 0;
    buckets.set(bucket, statistic === "Sum" ? before + value : Math.max(before, value));
  }
  return [...buckets];
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("`", "");
}
