import type { Endpoint } from "../emulators/endpoint.ts";
import type { Provisioned } from "../provision.ts";
import type { FunctionDefinition } from "../resources/resource-type.ts";
import type { Batch } from "./batch-outcome.ts";
import { startEventSource, type EventSource } from "./event-source.ts";
import { openPool, type FunctionPool } from "./function-pool.ts";
import type { FunctionProcess, Invocation } from "./function-process.ts";
import { openRuntimeApi } from "./runtime-api.ts";

/** All functions of a stack with what feeds them. */
export interface Functions {
  /** Batches that are being handled now. */
  readonly running: number;
  processes(): readonly FunctionProcess[];
  close(): Promise<void>;
}

export async function openFunctions(
  { functions, eventSources }: Pick<Provisioned, "functions" | "eventSources">,
  endpoint: Endpoint,
  options: {
    readonly functionEndpoint: string;
    readonly log: (line: string) => void;
    readonly onInvocation: (invocation: Invocation, batch: Batch) => void;
  },
): Promise<Functions> {
  const api = await openRuntimeApi();
  const { region, account, queues, url } = endpoint;
  const pools: FunctionPool[] = [];
  const sources: EventSource[] = [];
  for (const definition of eventSources) {
    const found = functions.get(definition.functionName);
    if (!found) throw new Error(`There is no function ${definition.functionName}.`);
    const place = { region, account, endpoint: options.functionEndpoint, log: options.log };
    const function_ = redirect(found, url, options.functionEndpoint);
    const pool = openPool(function_, definition.maximumConcurrency, api, place);
    const queueUrl = `${url}/${account}/${definition.queueArn.split(":").at(-1)}`;
    const { onInvocation } = options;
    pools.push(pool);
    sources.push(startEventSource({ definition, queues, queueUrl, region, pool, onInvocation }));
  }
  return {
    get running() {
      return sources.reduce((sum, source) => sum + source.running, 0);
    },
    processes: () => pools.flatMap((pool) => pool.processes),
    async close() {
      const stopped = sources.map((source) => source.stop());
      await Promise.all(pools.map((pool) => pool.close()));
      await Promise.all(stopped);
      await api.close();
    },
  };
}

/** Queue URLs in the environment lead to where the function's other calls go: some clients follow their host. */
function redirect(definition: FunctionDefinition, from: string, to: string): FunctionDefinition {
  const environment = Object.fromEntries(
    Object.entries(definition.environment).map(([name, value]) => [name, value.replaceAll(from, to)]),
  );
  return { ...definition, environment };
}
