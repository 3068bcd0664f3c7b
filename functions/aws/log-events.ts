import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";

/** A line of a log group. */
export interface LogEvent {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly text: string;
}

export interface LogRequest {
  readonly group: string;
  readonly region?: string;
  /** Of the shared configuration. */
  readonly profile?: string;
  /** Epoch milliseconds. */
  readonly since: number;
  /** Filter pattern of CloudWatch Logs. */
  readonly pattern: string;
  /** Milliseconds between two requests for later events; without it the events that exist are all. */
  readonly interval?: number;
  /** Called after each answer: a page may have no event. */
  readonly onAnswer?: () => void;
}

/** Events arrive out of order within this time, milliseconds: with `interval` they are asked for again. */
const overlap = 30_000;

/**
 * The events of a log group that match, by time within each request (Amazon CloudWatch Logs API Reference,
 * `FilterLogEvents`: pages may be empty before the last one). With `interval` it never ends.
 */
export async function* filterLogEvents({
  group,
  region,
  profile,
  since,
  pattern,
  interval,
  onAnswer,
}: LogRequest): AsyncGenerator<LogEvent> {
  const client = new CloudWatchLogsClient({
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
  });
  const seen = new Map<string, number>();
  let from = since;
  try {
    for (;;) {
      let latest = from;
      for (let token: string | undefined; ;) {
        const page = await client.send(
          new FilterLogEventsCommand({
            logGroupName: group,
            filterPattern: pattern,
            startTime: from,
            ...(token !== undefined && { nextToken: token }),
          }),
        );
        onAnswer?.();
        for (const { eventId = "", timestamp: at = 0, message: text = "" } of page.events ?? []) {
          if (seen.has(eventId)) continue;
          seen.set(eventId, at);
          latest = Math.max(latest, at);
          yield { at, text };
        }
        token = page.nextToken;
        if (token === undefined) break;
      }
      if (interval === undefined) return;
      from = Math.max(from, latest - overlap);
      for (const [id, at] of seen) if (at < from) seen.delete(id);
      await new Promise((resolve) => setTimeout(resolve, interval));
    }
  } finally {
    client.destroy();
  }
}
