import { readBody } from "./emulators/s3/body.ts";
import type { Endpoint } from "./emulators/endpoint.ts";
import type { QueuedMessage } from "./emulators/queues.ts";

/** Something that did not reach its readers, in words. */
export interface Trouble {
  readonly key: string;
  readonly code: string;
  readonly reason: string;
}

/** What lies under `quarantine/`, read from the reason files there. */
export async function readQuarantine(endpoint: Endpoint, bucketName: string): Promise<readonly Trouble[]> {
  const objects = endpoint.buckets.get(bucketName)?.objects ?? new Map<string, never>();
  const troubles: Trouble[] = [];
  for (const [key, [version]] of objects) {
    if (!key.startsWith("quarantine/") || !key.endsWith(".reason.json") || !version?.body) continue;
    const text = Buffer.concat(await readBody(version.body).toArray()).toString("utf8");
    const { code, found, expected, hint } = JSON.parse(text) as Readonly<Record<string, string>>;
    const reason = `found ${found}; expected ${expected}. ${hint ?? ""}`;
    troubles.push({ key: key.slice(0, -".reason.json".length), code: code ?? "unknown", reason });
  }
  return troubles;
}

/** What lies in the dead-letter queue; the reason is what the function said last of the message. */
export function describeDeadLetters(
  messages: readonly QueuedMessage[],
  lastFailure: { readonly code: string; readonly reason: string } | undefined,
): readonly Trouble[] {
  return messages.map(({ body }) => ({
    key: keyIn(body),
    code: lastFailure?.code ?? "unexpected",
    reason: `it failed five times and lies in the dead-letter queue. ${lastFailure?.reason ?? ""}`,
  }));
}

function keyIn(body: string): string {
  try {
    const { Records } = JSON.parse(body) as { Records?: { s3?: { object?: { key?: string } } }[] };
    const key = Records?.[0]?.s3?.object?.key;
    return key === undefined ? "a queue message" : decodeURIComponent(key.replaceAll("+", " "));
  } catch {
    return "a queue message";
  }
}

/** What a line of the function's log says of a failure, if it says any. */
export function readFailure(line: string): { readonly code: string; readonly reason: string } | undefined {
  try {
    const { level, code, why } = JSON.parse(line) as Readonly<Record<string, string>>;
    return level === "error" ? { code: code ?? "unexpected", reason: why ?? "" } : undefined;
  } catch {
    return undefined;
  }
}
