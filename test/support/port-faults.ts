/**
 * What a call of a port meets. `repeat`: the SDK repeats the call, because the answer to the first was lost. `stall`: it
 * takes effect only when the process is woken, however much later.
 */
export type PortFault =
  | "stall"
  | "fail before"
  | "fail after"
  | "die before"
  | "die after"
  | "repeat"
  | "fail partly";

export type FunctionName = "ingest" | "deliver" | "digest" | "watch";

/** One call of a port by a process. */
export interface PortCall {
  readonly process: FakeProcess;
  /** `<port>.<method>`. */
  readonly name: string;
  /** Counts all calls of all processes, from 0. */
  readonly number: number;
}

/** One invocation of a function. What dies never continues: its pending calls are never answered. */
export interface FakeProcess {
  readonly function: FunctionName;
  readonly number: number;
  isDead: boolean;
  /** Resolved when the process dies. */
  readonly death: Promise<"died">;
  readonly die: () => void;
  /** Resolved when the process stalls for the first time. */
  readonly stall: Promise<"stalled">;
  /** Resolved when the process is woken. */
  readonly sleep: () => Promise<void>;
  readonly wake: () => void;
}

export function startProcess(name: FunctionName, number: number): FakeProcess {
  const { promise, resolve } = Promise.withResolvers<"died">();
  const stall = Promise.withResolvers<"stalled">();
  const waking = Promise.withResolvers<void>();
  const process: FakeProcess = {
    function: name,
    number,
    isDead: false,
    death: promise,
    die: () => {
      process.isDead = true;
      resolve("died");
    },
    stall: stall.promise,
    sleep: () => {
      stall.resolve("stalled");
      return waking.promise;
    },
    wake: waking.resolve,
  };
  return process;
}

/** A fault of a service, as the SDK reports it after its own repetitions. */
export const serviceFault = (name: string): Error =>
  Object.assign(new Error(`${name} failed.`), {
    name: "ServiceUnavailable",
    $metadata: { httpStatusCode: 503 },
  });

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

export interface Interception {
  readonly onCall: (process: FakeProcess, name: string) => PortCall;
  readonly faultOf: (call: PortCall) => PortFault | undefined;
  /** Called when a call of a port has taken effect, even if its caller gets an error. */
  readonly onEffect?: (call: PortCall, given: readonly unknown[], answer: unknown) => void;
}

/** Performs a call with its fault. `half`: the same call with half of its effect. */
async function perform<T>(
  call: PortCall,
  effect: () => Promise<T>,
  fault: PortFault | undefined,
  half: (() => Promise<T>) | undefined,
): Promise<T> {
  const { process, name } = call;
  if (process.isDead) return never();
  if (fault === "die before") {
    process.die();
    return never();
  }
  if (fault === "stall") await process.sleep();
  if (fault === "fail before") throw serviceFault(name);
  if (fault === "fail partly" && half) {
    const answer = await half();
    if (answer === undefined) throw serviceFault(name);
    return answer;
  }
  let answer = await effect();
  if (fault === "repeat") answer = await effect();
  if (fault === "die after") process.die();
  if (fault === "fail after") throw serviceFault(name);
  return process.isDead ? never() : answer;
}

/** A port of which every asynchronous call can fail. `halves`: calls that can take effect in part. */
export function intercept<T extends object>(
  port: string,
  target: T,
  process: FakeProcess,
  {
    interception,
    halves = {},
  }: {
    readonly interception: Interception;
    readonly halves?: Readonly<Record<string, (...given: never[]) => Promise<unknown>>>;
  },
): T {
  return new Proxy(target, {
    get(_, method: string) {
      const found: unknown = Reflect.get(target, method);
      if (typeof found !== "function") return found;
      return (...given: unknown[]): unknown => {
        const call = interception.onCall(process, `${port}.${method}`);
        const half = halves[method];
        return perform(
          call,
          async () => {
            const answer: unknown = await Reflect.apply(found, target, given);
            interception.onEffect?.(call, given, answer);
            return answer;
          },
          interception.faultOf(call),
          half && (() => half(...(given as never[]))),
        );
      };
    },
  });
}

/** An iteration of which every step can fail. */
export async function* interceptSteps<T>(
  name: string,
  steps: AsyncIterable<T>,
  process: FakeProcess,
  interception: Interception,
): AsyncGenerator<T> {
  for await (const step of steps) {
    const call = interception.onCall(process, name);
    yield await perform(call, async () => step, interception.faultOf(call), undefined);
  }
}
