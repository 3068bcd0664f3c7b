import { InvalidArgumentError } from "commander";
import type { StackConfiguration } from "../../infra/config/stack-configuration.ts";
import { UsageError } from "../console/usage-error.ts";
import { locate } from "../console/input.ts";

/** The command as shown in help and hints. */
export const program = "npx feedbell";

/** An example for `--help`: arguments and description. */
export type Example = readonly [command: string, does: string];

export const examples = (list: readonly Example[]): string =>
  ["", "Examples:", ...list.flatMap(([command, does]) => [`  ${does}:`, `    ${program} ${command}`])].join(
    "\n",
  );

export function timeZone(value: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone && value;
  } catch {
    throw new InvalidArgumentError("Expected an IANA time zone, such as Asia/Shanghai.");
  }
}

const isoTime = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** Epoch milliseconds of an ISO 8601 date (UTC) or time with its zone. */
export function time(value: string): number {
  const at = isoTime.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at))
    throw new InvalidArgumentError(
      "Expected an ISO 8601 date or time, such as 2026-11-23 or 2026-11-23T08:00:00Z.",
    );
  return at;
}

const beforeNow = /^(\d{1,4})([mhd])$/;
const millisecondsOf = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Epoch milliseconds of an ISO 8601 date or time, or of a time before `now`: `30m`, `2h`, `3d`. */
export function readPastTime(value: string, now: number): number {
  const [, count, unit] = beforeNow.exec(value) ?? [];
  if (count !== undefined) return now - Number(count) * millisecondsOf[unit as keyof typeof millisecondsOf];
  try {
    return time(value);
  } catch {
    throw new InvalidArgumentError(
      "Expected an ISO 8601 date or time, such as 2026-11-23 or 2026-11-23T08:00:00Z, or a time before now, such as 30m, 2h or 3d.",
    );
  }
}

export const pastTime = (value: string): number => readPastTime(value, Date.now());

/** The configuration of `cdk.json` or of another file; throws `UsageError` if it is invalid. */
export async function readConfiguration(file: string | undefined): Promise<StackConfiguration> {
  const config = await import("../../infra/config/configuration.ts");
  try {
    return config.readConfiguration(file === undefined ? undefined : locate(file));
  } catch (error) {
    if (error instanceof Error && error.name === "ConfigurationError") throw new UsageError(error.message);
    throw error;
  }
}
