import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { synthesize } from "../../infra/app.ts";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import { resolved } from "../support/resolved.ts";
import { raisedAt, rulesOf } from "./alarms/evaluate.ts";
import { runForDashboard, runSeconds, settings, tickSeconds } from "./dashboard-run.ts";
import { metricsOf, widgetsOf, type Widget } from "./dashboard-widgets.ts";

// Draws infra/dashboard.svg from the dashboard's own definition and the metrics of a local run. Takes about five minutes.

const idle = fileURLToPath(new URL("../support/idle.ts", import.meta.url));
const columnWidth = 60;
const rowHeight = 40;
const period = 300;
const end = (runSeconds / tickSeconds) * period;
const colours = ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd"];
const raisedColour = "#d62728";
const quietColour = "#2ca02c";
const legendHeight = 18;

const outdir = mkdtempSync(path.join(tmpdir(), "feedbell-dashboard-"));
const synthesis = synthesize({
  outdir,
  configuration: parseConfiguration(settings),
  entries: { ingest: idle, deliver: idle, digest: idle, watch: idle },
});
rmSync(outdir, { recursive: true });
const resources = resolved(synthesis);
const found = (type: string, start: string) =>
  [...resources].find(([id, { Type }]) => Type === type && id.startsWith(start));
const idOf = (type: string, start: string): string => found(type, start)?.[0] ?? "";
const samples = await runForDashboard({
  table: idOf("AWS::DynamoDB::Table", "Ledger"),
  queue: (start) => `${idOf("AWS::SQS::Queue", start)}.QueueName`,
  function: (start) => idOf("AWS::Lambda::Function", `${start}Function`),
  topic: (audience) =>
    String(
      [...resources.values()].find(
        ({ Type, Properties }) =>
          Type === "AWS::SNS::Topic" && String(Properties["TopicName"]).endsWith(`-${audience}`),
      )?.Properties["TopicName"],
    ),
  scheduleGroup: (start) => String(found("AWS::Scheduler::ScheduleGroup", start)?.[1].Properties["Name"]),
});

// At the start there is no data: an alarm that takes that for a fault is looked at once there is some.
const raised = rulesOf(synthesis).map(
  (rule) =>
    raisedAt(rule, samples, {
      from: rule.missing === "breaching" ? 24 * period : period,
      until: end,
      extra: 0,
    }).length > 0,
);
const names = rulesOf(synthesis).map(({ id }) => id);
const widgets = widgetsOf(synthesis);
const height = Math.max(...widgets.map((widget) => widget.y + widget.height)) * rowHeight;
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${24 * columnWidth} ${height}" font-family="Helvetica, Arial, sans-serif" font-size="14">
<rect width="100%" height="100%" fill="#f2f3f3"/>
${widgets.map(draw).join("\n")}
</svg>
`;
writeFileSync(new URL("../../infra/dashboard.svg", import.meta.url), svg);

function draw(widget: Widget): string {
  const { title = "", markdown, alarms } = widget.properties;
  const [x, y] = [widget.x * columnWidth + 4, widget.y * rowHeight + 4];
  const [width, height] = [widget.width * columnWidth - 8, widget.height * rowHeight - 8];
  const at = `<g transform="translate(${x} ${y})">`;
  if (markdown !== undefined) {
    const [question = "", hint = ""] = markdown.replace("## ", "").split("\n");
    return `${at}<text y="30" font-size="24" font-weight="bold">${escape(question)}</text><text y="56" font-size="15">${escape(hint)}</text></g>`;
  }
  const box = `<rect width="${width}" height="${height}" rx="4" fill="#fff" stroke="#d5dbdb"/><text x="12" y="24" font-weight="bold">${escape(title)}</text>`;
  return `${at}${box}${alarms ? alarmCells(width, height) : lines(widget, { width, height })}</g>`;
}

/** A cell for each alarm, as small as its name allows. */
function alarmCells(width: number, height: number): string {
  const perRow = 12;
  const rows = Math.ceil(names.length / perRow);
  const [cellWidth, cellHeight] = [(width - 16) / perRow, (height - 40) / rows];
  const cells = names.map((name, i) => {
    const [x, y] = [8 + (i % perRow) * cellWidth, 34 + Math.floor(i / perRow) * cellHeight];
    const colour = raised[i] === true ? raisedColour : quietColour;
    return `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${(cellWidth - 4).toFixed(1)}" height="${(cellHeight - 4).toFixed(1)}" rx="2" fill="${colour}"/><text x="${(x + 5).toFixed(1)}" y="${(y + cellHeight / 2 + 2).toFixed(1)}" font-size="10" fill="#fff">${escape(shortened(name))}</text>`;
  });
  return cells.join("");
}

function shortened(name: string): string {
  return name.length > 17 ? `${name.slice(0, 16)}…` : name;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function lines(widget: Widget, { width, height }: Size): string {
  const shown = metricsOf(widget).map(({ key, statistic, label }) => ({
    label,
    points: pointsOf(samples.get(key) ?? [], statistic),
  }));
  const empty = shown.filter(({ points }) => points.length === 0).map(({ label }) => label);
  if (empty.length > 0) console.error(`${widget.properties.title}: no data for ${empty.join(", ")}`);
  const legend = legendRows(
    shown.map(({ label }) => label),
    width,
  );
  const max = roundUp(Math.max(...shown.flatMap(({ points }) => points.map(([, value]) => value)), 0));
  const [left, top, bottom] = [64, 42, height - 34 - legend.rows * legendHeight];
  const px = (time: number) => (left + (time / end) * (width - left - 14)).toFixed(1);
  const py = (value: number) => (bottom - (value / max) * (bottom - top)).toFixed(1);
  const drawn = shown.map(({ points, label }, i) => {
    const colour = colours[i % colours.length] ?? "";
    const line = points.map(([time, value]) => `${px(time)},${py(value)}`).join(" ");
    // A line of few points is not seen.
    const dots =
      points.length > 8
        ? ""
        : points.map(([time, value]) => `<circle cx="${px(time)}" cy="${py(value)}" r="3"/>`).join("");
    const { x = 0, row = 0 } = legend.places[i] ?? {};
    const y = height - 10 - (legend.rows - 1 - row) * legendHeight;
    return `<g fill="${colour}"><polyline points="${line}" fill="none" stroke="${colour}" stroke-width="1.5"/>${dots}<rect x="${x}" y="${y - 10}" width="11" height="11"/></g><text x="${x + 16}" y="${y}" font-size="12.5">${escape(label)}</text>`;
  });
  const grid = `<path d="M${left} ${top}H${width - 14}M${left} ${(top + bottom) / 2}H${width - 14}" stroke="#e9ebed"/>`;
  const text = (x: number, y: number, anchor: string, words: string) =>
    `<text x="${x}" y="${y}" text-anchor="${anchor}" font-size="12" fill="#545b64">${words}</text>`;
  const axis =
    `<path d="M${left} ${top}V${bottom}H${width - 14}" fill="none" stroke="#aab7b8"/>` +
    text(left - 6, top + 5, "end", number(max)) +
    text(left - 6, (top + bottom) / 2 + 4, "end", number(max / 2)) +
    text(left - 6, bottom + 4, "end", "0") +
    text(left, bottom + 16, "start", "0 s") +
    text(width - 14, bottom + 16, "end", `${runSeconds} s`);
  return grid + axis + drawn.join("");
}

/** The next of 1, 2, 5, 10, 20 …, so that half of it is a short number too. */
function roundUp(value: number): number {
  if (value <= 0) return 1;
  const magnitude = 10 ** Math.floor(Math.log10(value));
  return magnitude * ([1, 2, 4, 6, 10].find((step) => value <= step * magnitude) ?? 10);
}

function number(value: number): string {
  return value.toLocaleString("en", { maximumSignificantDigits: 3 });
}

/** Where each label stands, in as many rows as they need. */
function legendRows(labels: readonly string[], width: number) {
  const places: { readonly x: number; readonly row: number }[] = [];
  let [x, row] = [12, 0];
  for (const label of labels) {
    const space = label.length * 6.7 + 30;
    if (x > 12 && x + space > width) [x, row] = [12, row + 1];
    places.push({ x, row });
    x += space;
  }
  return { places, rows: row + 1 };
}

/** The values of each period, combined as the widget says. */
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
