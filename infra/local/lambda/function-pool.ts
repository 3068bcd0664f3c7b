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
  /** Starts a process if there is none; resolves when it has loaded the function or ended. */
  warm(): Promise<void>;
  /** Uses another definition for all further events. A process that handles an event ends after it. */
  replace(definition: FunctionDefinition): void;
  /** Resolves when a process is free. */
  available(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Milliseconds to wait for a busy process before another one is started: most events take less time than the start of a
 * process.
 */
const patience = 50;

/** Process limit of a function without reserved concurrency; its event sources have lower limits. */
const defaultMaximum = 10;

export function openPool(
  initial: FunctionDefinition,
  api: RuntimeApi,
  place: ProcessEnvironment,
): FunctionPool {
  let definition = initial;
  const maximum = () => definition.reservedConcurrency ?? defaultMaximum;
  const processes: FunctionProcess[] = [];
  /** Processes with an earlier definition. */
  const outdated = new Set<FunctionProcess>();
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
    outdated.delete(process);
    wakeAll();
  }

  /** Resolves when a process has become free or has ended, after `milliseconds` at the latest. */
  const changed = (milliseconds = Infinity) =>
    new Promise<void>((resolve) => {
      const timer = milliseconds < Infinity ? setTimeout(resolve, milliseconds) : undefined;
      wake.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });

  async function untilFree(): Promise<void> {
    while (!isFree()) await changed();
  }

  /** Runs an event in an idle process, or in a new one if none becomes idle soon. */
  async function run(event: unknown): Promise<readonly [FunctionProcess, Invocation]> {
    const since = performance.now();
    for (;;) {
      await untilFree();
      if (closed) throw new Error(`The function ${definition.name} was stopped.`);
      const left = since + patience - performance.now();
      const isNeeded = processes.length === outdated.size || left <= 0;
      const process = processes.find(isIdle) ?? (isNeeded ? start() : undefined);
      if (process) return [process, await process.invoke(event)];
      await changed(left);
    }
  }

  const isIdle = (process: FunctionProcess) => !process.busy && !outdated.has(process);

  const isFree = () => closed || processes.some(isIdle) || processes.length < maximum();

  return {
    processes,
    get free() {
      return isFree();
    },
    async invoke(event) {
      const [process, invocation] = await run(event);
      // A process that is being killed must not get the next event.
      if (invocation.outcome.kind === "timed out" || invocation.outcome.kind === "crashed")
        await process.exited;
      if (outdated.has(process)) process.kill();
      wakeAll();
      return invocation;
    },
    replace(next) {
      definition = next;
      for (const process of processes) {
        outdated.add(process);
        if (!process.busy) process.kill();
      }
    },
    warm: () => (processes.find((process) => !outdated.has(process)) ?? start()).ready,
    available: untilFree,
    async close() {
      closed = true;
      for (const process of processes) process.kill();
      await Promise.all(processes.map(({ exited }) => exited));
      wakeAll();
    },
  };
}
