interface LogLine {
  readonly key?: string;
  readonly faults?: Readonly<Record<string, number>>;
}

/** What a line of the function's log says was mended or dropped in a snapshot, in words; `undefined` where nothing was. */
export function describeFaults(line: string): string | undefined {
  let read: LogLine;
  try {
    read = JSON.parse(line) as LogLine;
  } catch {
    return undefined;
  }
  const { key, faults } = read;
  if (key === undefined || faults === undefined) return undefined;
  const counted = Object.entries(faults).map(([code, count]) =>
    count === 1 ? code : `${code} ${count} times`,
  );
  return `${key}: read with ${counted.join(", ")}; 'npm run -s feedbell -- parse FILE' shows where`;
}
