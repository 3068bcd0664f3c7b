import { startActivity } from "../../console/activity.ts";
import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { columnTable, widthOf } from "../../console/columns.ts";
import { counted, painterFor, write, type Paint } from "../../console/terminal.ts";
import { estimateCost, type CostEstimate, type CostItem } from "../../core/cost/estimate.ts";
import countedSnapshots from "../../core/cost/counted-snapshots.json" with { type: "json" };
import { prices, pricesDate, pricesRegion, unverifiedPrices } from "../../core/cost/prices.ts";
import { metrics } from "../../core/metrics.ts";
import { readConfiguration } from "../options.ts";

export interface CostOptions {
  readonly feeds?: number;
  /** Minutes. */
  readonly every: number;
  readonly entriesPerDay: number;
  /** From 0 to 1. */
  readonly unchanged: number;
  readonly snapshotKilobytes: number;
  readonly readers: number;
  readonly telephones: number;
  readonly smsParts: number;
  readonly config?: string;
  readonly json?: true;
}

/** Alarms of a stack; audiences with limits have more. */
export const alarms = 44;

const defaultFeeds = 10;

/** Prints the estimate. */
export async function printCost(options: CostOptions): Promise<void> {
  startActivity("cost", options);
  const configuration = await readConfiguration(options.config);
  const volumes = {
    feeds: options.feeds ?? Math.max(defaultFeeds, Object.keys(configuration.feeds).length),
    everyMinutes: options.every,
    entriesPerDay: options.entriesPerDay,
    unchanged: options.unchanged,
    snapshotBytes: options.snapshotKilobytes * 1_024,
    mailReaders: options.readers,
    telephones: options.telephones,
    smsParts: options.smsParts,
  };
  const { snapshotDays, memory } = configuration.deployment;
  const stack = {
    ...configuration,
    snapshotDays,
    memory,
    alarms,
    metrics: Object.keys(metrics).length,
  };
  const estimate = estimateCost(volumes, stack, countedSnapshots);
  const paint = painterFor(process.stdout, process.env);
  const text = options.json
    ? jsonLine({
        volumes,
        prices: { date: pricesDate, region: pricesRegion, unverified: unverifiedPrices },
        ...estimate,
      })
    : viewCost(estimate, {
        paint,
        width: widthOf(process.stdout),
        recipients: describeRecipients(configuration.audiences.length, options),
      });
  await write(process.stdout, `${text}\n`);
}

function viewCost(
  { items, usd, snapshots, entries, messages }: CostEstimate,
  {
    paint,
    width,
    recipients,
  }: { readonly paint: Paint; readonly width: number | undefined; readonly recipients: string },
): string {
  const services = Map.groupBy(items, ({ service }) => service);
  const sum = (list: readonly CostItem[]) => list.reduce((total, item) => total + item.usd, 0);
  const ordered = [...services].toSorted(([, a], [, b]) => sum(b) - sum(a));
  const share = (part: number) => {
    const percent = usd === 0 ? 0 : (part / usd) * 100;
    return percent > 0 && percent < 0.5 ? "< 1 %" : `${percent.toFixed(0)} %`;
  };
  const rows = ordered.flatMap(([service, list]) => [
    [{ text: service, style: "bold" as const }, "", dollars(sum(list)), share(sum(list))],
    ...list
      .filter((item) => item.usd >= 0.005)
      .map((item) => [`  ${item.what}`, units(item.units), dollars(item.usd), share(item.usd)]),
  ]);
  const columns = [
    { title: "a month", shrinks: true },
    { title: "units", align: "right" },
    { title: "USD", align: "right" },
    { title: "share", align: "right" },
  ] as const;
  const names = unverifiedPrices.join(", ");
  return [
    `about ${paint("bold", `${dollars(usd)} USD`)} a month: ${counted(Math.round(snapshots), "upload", "uploads")}, ${counted(Math.round(entries), "new entry", "new entries")}, ` +
      `${counted(Math.round(messages), "message", "messages")} to ${recipients}`,
    "",
    ...columnTable(columns, rows, { width, paint }),
    "",
    `prices of ${pricesDate}, ${pricesRegion}, without free tiers; ${unverifiedPrices.length} of ${Object.keys(prices).length} ${unverifiedPrices.length === 1 ? "is" : "are"} unverified: ${names} (functions/core/cost/prices.ts)`,
  ].join("\n");
}

/** `2 audiences of 100 mail readers each`. */
function describeRecipients(audiences: number, { readers, telephones }: CostOptions): string {
  const all = [
    counted(readers, "mail reader", "mail readers"),
    ...(telephones > 0 ? [counted(telephones, "telephone", "telephones")] : []),
  ];
  return `${counted(audiences, "audience", "audiences")} of ${all.join(" and ")}${audiences === 1 ? "" : " each"}`;
}

const dollars = (usd: number): string =>
  usd.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const units = (count: number): string =>
  count.toLocaleString("en", { maximumFractionDigits: count < 10 ? 2 : 0 });
