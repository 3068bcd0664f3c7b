import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { startLocalStack } from "../../infra/local/stack.ts";
import { rss, range } from "./snapshots.ts";

/**
 * One snapshot of so many new entries through the stack as it is configured, or with another time-out: what it took,
 * what readers got of it, and whether the ledger has every entry as done.
 */
export async function playLarge(
  entries: number,
  timeoutSeconds?: number,
): Promise<{ readonly summary: string; readonly isKept: boolean }> {
  const stack = await startLocalStack(timeoutSeconds === undefined ? {} : { timeoutSeconds });
  const dynamodb = new DynamoDBClient({
    endpoint: stack.endpoint,
    region: stack.region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  try {
    await stack.idle();
    const before = stack.invocations.length;
    const begun = performance.now();
    const text = rss("large", range(1, entries));
    await stack.uploader.put("snapshots/large/latest.xml", text);
    await stack.idle({ timeoutSeconds: 3_600 });
    const seconds = (performance.now() - begun) / 1000;
    const invocations = stack.invocations.slice(before);
    const memory = Math.max(...invocations.map(({ memoryMegabytes }) => memoryMegabytes));
    const mails = stack.messages().filter(({ channel }) => channel === "email");
    const told = ["alerts", "digest"].map((audience) => {
      const own = mails.filter((mail) => mail.audience === audience);
      const shown = own.reduce((sum, { text }) => sum + new Set(text.match(/Case large-\d+\./g)).size, 0);
      const counted = own.reduce(
        (sum, { text }) => sum + Number(/\+([\d,]+) more/.exec(text)?.[1]?.replaceAll(",", "") ?? 0),
        0,
      );
      return { audience, mails: own.length, shown, counted };
    });

    const claims = new Map<string, string>();
    const items: string[] = [];
    let start: Record<string, never> | undefined;
    do {
      const page = await dynamodb.send(new ScanCommand({ TableName: stack.table, ExclusiveStartKey: start }));
      for (const { pk, sk, claim, state } of page.Items ?? []) {
        if (sk?.S === "entry" && claim?.S !== undefined) items.push(claim.S);
        if (sk?.S === "claim") claims.set((pk?.S ?? "").slice("claim#".length), state?.S ?? "");
      }
      start = page.LastEvaluatedKey as typeof start;
    } while (start);
    const done = items.filter((claim) => claims.get(claim) === "finished").length;

    const letters = (await stack.deadLetters()).length;
    const isKept =
      letters === 0 &&
      done === entries &&
      told.every(({ shown, counted }) => shown + counted === entries) &&
      invocations.every(({ outcome }) => outcome.kind === "done");
    const readers = told
      .map(
        ({ audience, mails, shown, counted }) =>
          `${audience}: ${mails} mails show ${shown}, count ${counted}`,
      )
      .join("; ");
    return {
      isKept,
      summary: `${entries} new entries in one snapshot (${(text.length / 1e6).toFixed(1)} MB)${timeoutSeconds === undefined ? "" : `, time-out ${timeoutSeconds} s`}: ${seconds.toFixed(0)} s, ${invocations.length} runs (the longest ${(Math.max(...invocations.map(({ milliseconds }) => milliseconds)) / 1000).toFixed(0)} s), peak memory of the function ${memory} MB; ${readers}; ${done} of ${items.length} entries done in the ledger, ${letters} dead letters`,
    };
  } finally {
    dynamodb.destroy();
    await stack.stop();
  }
}
