import { BatchGetItemCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Seen } from "./proxy.ts";

type Item = Readonly<Record<string, { readonly S?: string; readonly SS?: readonly string[] }>>;

/** The sort key of each kind of item. */
const sorts = { entry: "entry", claim: "claim", audience: "head" } as const;

/**
 * Audiences with a digest that is sealed and not finished, sealed claims, and entries whose claim is open or was ended, of all that these calls touched. A claim without entries
 * may stay open: it expires.
 */
export async function findUnfinished(
  client: DynamoDBClient,
  table: string,
  seen: readonly Seen[],
): Promise<string[]> {
  const touched = [...new Set(seen.flatMap(({ item }) => (item === undefined ? [] : [item])))];
  const read = async (kind: keyof typeof sorts) => {
    const found: Item[] = [];
    const keys = touched.filter((key) => key.startsWith(`${kind}#`));
    for (let i = 0; i < keys.length; i += 100) {
      const Keys = keys.slice(i, i + 100).map((pk) => ({ pk: { S: pk }, sk: { S: sorts[kind] } }));
      const RequestItems = { [table]: { Keys, ConsistentRead: true } };
      const reply = await client.send(new BatchGetItemCommand({ RequestItems }));
      found.push(...((reply.Responses?.[table] ?? []) as Item[]));
    }
    return found;
  };
  const claims = await read("claim");
  const entries = await read("entry");
  const heads = await read("audience");
  const stateOf = new Map(claims.map(({ pk, state }) => [pk?.S, state?.S]));
  return [
    ...heads.filter(({ plan }) => plan).map(({ pk }) => `${pk?.S} has an open digest`),
    ...claims.filter(({ state }) => state?.S === "sealed").map(({ pk }) => `${pk?.S} is sealed`),
    ...entries
      .filter(({ claim }) => ["open", "ended"].includes(stateOf.get(`claim#${claim?.S}`) ?? ""))
      .map(({ pk, claim }) => `${pk?.S} is under the claim ${claim?.S}, which is not decided`),
  ];
}
