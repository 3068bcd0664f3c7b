import type { FunctionDefinition } from "../resources/resource-type.ts";
import {
  startProcess,
  type FunctionProcess,
  type Invocation,
  type ProcessEnvironment,
} from "./function-process.ts";
import type { RuntimeApi } from "./runtime-api.ts";

/** The processes of one function: started on demand, reused, and limited in number. */
export interface FunctionPool {
  readonly processes: readonly FunctionProcess[];
  /** Whether an event would run immediately. */
  readonly free: boolean;
  invoke(event: unknown): Promise<Invocation>;
  /** Resolves when a process is free. */
  available(): Promise<void>;
  close(): Promise<void>;
}

/** Process limit of a function without reserved concurrency; its event sources have lower limits. */
const defaultMaximum = 10;

export function openPool(
  definition: FunctionDefinition,
  api: RuntimeApi,
  place: ProcessEnvironment,
): FunctionPool {
  const maximum = definition.reservedConcurrency ?? defaultMaximum;
  const processes: FunctionProcess[] = [];
  let wake: (() => void)[] = [];
  let closed = false;

  function wakeAll(): void {
    const sleeping = wake;
    wake = [];
    for (const resolve of sleeping) resolve();
  }

  function start(): FunctionProcess {
    const started = startProcess(definition, api, place);
    processes.push(started);
    void forgetWhenExited(started);
    return started;
  }

  async function forgetWhenExited(process: FunctionProcess): Promise<void> {
    await process.exited;
    processes.splice(processes.indexOf(process), 1);
    wakeAll();
  }

  async function untilFree(): Promise<void> {
    while (!isFree()) await new Promise<void>((resolve) => wake.push(resolve));
  }

  const isFree = () => closed || processes.some(({ busy }) => !busy) || processes.length < maximum;

  return {
    processes,
    get free() {
      return isFree();
    },
    async invoke(event) {
      await untilFree();
      const process = processes.find(({ busy }) => !busy) ?? start();
      const invocation = await process.invoke(event);
      // A process that is being killed must not get the next event.
      if (invocation.outcome.kind === "timed out" || invocation.outcome.kind === "crashed")
        await process.exited;
      wakeAll();
      return invocation;
    },
    available: untilFree,
    async close() {
      closed = true;
      for (const process of processes) process.kill();
      await Promise.all(processes.map(({ exited }) => exited));
      wakeAll();
    },
  };
}
