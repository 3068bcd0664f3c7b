import type { Endpoint } from "../emulators/endpoint.ts";
import type { Provisioned } from "../provision.ts";
import type { FunctionDefinition, InvokeConfigDefinition } from "../resources/resource-type.ts";
import { openAsyncInvocations, type AsyncInvocations } from "./async-invocations.ts";
import type { Batch } from "./batch-outcome.ts";
import { startEventSource, type EventSource } from "./event-source.ts";
import { openPool, type FunctionPool } from "./function-pool.ts";
import type { FunctionProcess, Invocation } from "./function-process.ts";
import { openRuntimeApi } from "./runtime-api.ts";

/** All functions of a stack with their event sources. */
export interface Functions {
  /** Invocations that run, and asynchronous events that wait for a retry. */
  readonly running: number;
  processes(): readonly FunctionProcess[];
  /** Invokes a function asynchronously; resolves when the first attempt has ended. */
  invoke(functionName: string, event: unknown): Promise<Invocation>;
  /**
   * Uses other definitions: further events are handled by new processes, and those that run end undisturbed. A function
   * that is no longer defined stays.
   */
  update(definitions: Definitions): void;
  close(): Promise<void>;
}

export interface FunctionsOptions {
  readonly functionEndpoint: string;
  /**
   * ARNs of queues whose functions are started before their first event. The event source waits for that, so that the
   * first messages come in one batch. None by default.
   */
  readonly warmQueues?: readonly string[];
  /** Seconds before each retry of a failed asynchronous invocation; as on Lambda by default. */
  readonly asyncRetrySeconds?: readonly number[];
  readonly log: (line: string) => void;
  /** Called for every invocation; the batch is absent for an asynchronous one. */
  readonly onInvocation: (invocation: Invocation, batch?: Batch) => void;
  /** Called with the ids of the queue messages of an invocation that has ended. */
  readonly onHandled: (messageIds: readonly string[]) => void;
}

/** Defaults for asynchronous invocations (AWS Lambda API Reference, `PutFunctionEventInvokeConfig`). */
const defaultInvokeConfig = { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600 };

type Definitions = Pick<Provisioned, "functions" | "eventSources" | "invokeConfigs">;

/** Opens one pool of processes per function, and starts the event sources. */
export async function openFunctions(
  definitions: Definitions,
  endpoint: Endpoint,
  options: FunctionsOptions,
): Promise<Functions> {
  const api = await openRuntimeApi();
  const { region, account, queues, url } = endpoint;
  const { functionEndpoint, asyncRetrySeconds: retrySeconds, log, onInvocation, onHandled } = options;
  const place = { region, account, endpoint: functionEndpoint, log };
  const queueUrl = (arn: string) => `${url}/${account}/${arn.split(":").at(-1)}`;

  const pools = new Map<string, FunctionPool>();
  const asynchronous = new Map<string, AsyncInvocations>();
  /** By function and queue. */
  const sources = new Map<string, EventSource>();
  const find = <T>(among: ReadonlyMap<string, T>, name: string): T => {
    const found = among.get(name);
    if (!found) throw new Error(`There is no function ${name}.`);
    return found;
  };

  function addFunction(name: string, definition: FunctionDefinition, config: InvokeConfigDefinition): void {
    const pool = openPool(definition, api, place);
    pools.set(name, pool);
    const invocations = openAsyncInvocations({
      pool,
      functionArn: `arn:aws:lambda:${region}:${account}:function:${name}`,
      config,
      ...(retrySeconds && { retrySeconds }),
      async sendToDestination(queueArn, MessageBody) {
        await queues.call("SendMessage", { QueueUrl: queueUrl(queueArn), MessageBody });
      },
      log,
      onInvocation,
    });
    asynchronous.set(name, invocations);
  }

  function apply({ functions, eventSources, invokeConfigs }: Definitions): void {
    for (const [name, given] of functions) {
      const definition = redirect(given, url, functionEndpoint);
      const config = invokeConfigs.get(name) ?? defaultInvokeConfig;
      const pool = pools.get(name);
      if (!pool) addFunction(name, definition, config);
      pool?.replace(definition);
      asynchronous.get(name)?.configure(config);
    }
    for (const definition of eventSources) {
      const { functionName, queueArn } = definition;
      const key = `${functionName} ${queueArn}`;
      const source = sources.get(key);
      source?.update(definition);
      if (source) continue;
      const pool = find(pools, functionName);
      const common = { definition, queues, queueUrl: queueUrl(queueArn) };
      const ready = options.warmQueues?.includes(queueArn) ? pool.warm() : undefined;
      const more = { log, onInvocation, onHandled, ...(ready && { ready }) };
      sources.set(key, startEventSource({ ...common, region, pool, ...more }));
    }
  }

  apply(definitions);
  const consumers = () => [...sources.values(), ...asynchronous.values()];
  return {
    get running() {
      return consumers().reduce((sum, { running }) => sum + running, 0);
    },
    processes: () => [...pools.values()].flatMap(({ processes }) => processes),
    invoke: async (functionName, event) => find(asynchronous, functionName).invoke(event),
    update: apply,
    async close() {
      const stopped = consumers().map((consumer) => consumer.stop());
      await Promise.all([...pools.values()].map((pool) => pool.close()));
      await Promise.all(stopped);
      await api.close();
    },
  };
}

/** Queue URLs in the environment follow the function's endpoint, because some clients follow the host of the URL. */
function redirect(definition: FunctionDefinition, from: string, to: string): FunctionDefinition {
  const environment = Object.fromEntries(
    Object.entries(definition.environment).map(([name, value]) => [name, value.replaceAll(from, to)]),
  );
  return { ...definition, environment };
}
