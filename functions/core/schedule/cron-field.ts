/** One field of a cron expression that holds numbers. */
export interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names of the numbers from `min` on, in upper case. */
  readonly names?: readonly string[];
  /** Whether `/` is allowed. */
  readonly hasSteps: boolean;
}

/**
 * The numbers that a field selects, in ascending order, or `undefined` if the field is not valid. Accepts numbers and
 * names, `*`, ranges, steps and lists of these. A range that runs backwards is not valid, because the documentation of
 * EventBridge Scheduler does not define it.
 */
export function readField(text: string, field: CronField): readonly number[] | undefined {
  const selected = new Set<number>();
  for (const part of text.split(",")) {
    const range = readPart(part, field);
    if (!range) return undefined;
    for (let value = range.from; value <= range.to; value += range.step) selected.add(value);
  }
  return [...selected].toSorted((a, b) => a - b);
}

interface FieldRange {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

function readPart(part: string, field: CronField): FieldRange | undefined {
  const [range = "", every, ...more] = part.split("/");
  if (more.length > 0 || (every !== undefined && !field.hasSteps)) return undefined;
  const step = every === undefined ? 1 : readNumber(every, 1, field.max);
  const [start = "", end, ...others] = range.split("-");
  if (step === undefined || others.length > 0) return undefined;
  if (range === "*") return { from: field.min, to: field.max, step };
  const from = readValue(start, field);
  if (from === undefined) return undefined;
  if (end === undefined) return { from, to: every === undefined ? from : field.max, step };
  const to = readValue(end, field);
  return to === undefined || to < from ? undefined : { from, to, step };
}

/** A number of the field, or a name. */
export function readValue(text: string, { min, max, names = [] }: CronField): number | undefined {
  const index = names.indexOf(text);
  return index >= 0 ? min + index : readNumber(text, min, max);
}

function readNumber(text: string, min: number, max: number): number | undefined {
  if (!/^\d{1,4}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= min && value <= max ? value : undefined;
}
