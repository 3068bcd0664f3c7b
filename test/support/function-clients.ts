import { vi } from "vitest";
import { clientSettings, dynamodbClient, snsClient, sqsClient } from "../../functions/aws/clients.ts";
import { retriesInTime, type RetriesInTime } from "../../functions/aws/retries.ts";
import { s3Client } from "../../functions/aws/s3-client.ts";
import type { Clock } from "../../functions/core/ports.ts";
import { createBucket } from "../../infra/local/emulators/s3/buckets.ts";
import { openProxy, type Kind, type Proxy } from "../faults/proxy.ts";
import { openEmulators, type Emulators } from "./open-emulators.ts";

export type Clients = ReturnType<typeof createClients>;

/** The clients of the functions, as their entries make them. */
export function createClients(timeoutSeconds: number, retries: Pick<RetriesInTime, "strategy">) {
  const settings = clientSettings(timeoutSeconds, retries);
  return {
    s3: s3Client(settings),
    sns: snsClient(settings),
    sqs: sqsClient(settings),
    dynamodb: dynamodbClient(settings),
  };
}

export interface FunctionClients {
  readonly emulators: Emulators;
  readonly proxy: Proxy;
  /** The system's time; waits take a twentieth of their time. */
  readonly clock: Clock;
  /** New clients, as a function process creates them, and their retries. */
  create(timeoutSeconds?: number): { readonly clients: Clients; readonly retries: RetriesInTime };
  /** Makes the first `times` calls fail and forgets the calls so far. */
  fail(kind: Kind, times: number): void;
  close(): Promise<void>;
}

/** The function's own clients, connected to the emulators over HTTP through a proxy; buckets `snapshots` with versions and `plain` without. */
export async function openFunctionClients(): Promise<FunctionClients> {
  const [emulators, proxy] = await Promise.all([openEmulators(), openProxy()]);
  proxy.connect(emulators.endpoint.url, () => undefined);
  createBucket(emulators.endpoint.s3.buckets, "snapshots").versioned = true;
  createBucket(emulators.endpoint.s3.buckets, "plain");
  vi.stubEnv("AWS_ENDPOINT_URL", proxy.url);
  vi.stubEnv("AWS_REGION", "eu-west-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "local");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "local");
  const clock: Clock = {
    now: () => Date.now(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds / 20)),
    random: () => Math.random() / 20,
  };
  return {
    emulators,
    proxy,
    clock,
    create(timeoutSeconds = 1) {
      const retries = retriesInTime(clock);
      return { retries, clients: createClients(timeoutSeconds, retries) };
    },
    fail(kind, times) {
      let left = times;
      proxy.reset(() => (left-- > 0 ? kind : undefined));
    },
    async close() {
      vi.unstubAllEnvs();
      await proxy.close();
      await emulators.close();
    },
  };
}
