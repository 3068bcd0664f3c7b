import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { devNull } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { FunctionDefinition } from "../resources/resource-type.ts";
import type { RuntimeApi } from "./runtime-api.ts";

/** How an invocation ended. */
export type InvocationOutcome =
  | { readonly kind: "done"; readonly payload: unknown }
  | { readonly kind: "failed"; readonly type: string; readonly message: string }
  | { readonly kind: "timed out" }
  | { readonly kind: "crashed"; readonly how: string };

export interface Invocation {
  readonly functionName: string;
  readonly requestId: string;
  readonly pid: number;
  readonly at: Date;
  readonly milliseconds: number;
  /** Peak memory of the process, as reported by itself; 0 if it could not report it. */
  readonly memoryMegabytes: number;
  readonly outcome: InvocationOutcome;
}

export interface FunctionProcess {
  readonly pid: number;
  readonly busy: boolean;
  /** Value of the header `X-Amzn-Trace-Id` of every AWS call that the current invocation makes. */
  readonly traceId: string | undefined;
  /** Runs one event. Throws if the process is busy. */
  invoke(event: unknown): Promise<Invocation>;
  kill(signal?: NodeJS.Signals): void;
  /** Resolves when the function is loaded, or its process has ended. */
  readonly ready: Promise<void>;
  readonly exited: Promise<void>;
}

/** Environment that all functions share. */
export interface ProcessEnvironment {
  readonly region: string;
  readonly account: string;
  /** Endpoint of every AWS client of the function. */
  readonly endpoint: string;
  readonly log: (line: string) => void;
}

const bootstrap = fileURLToPath(new URL("bootstrap.ts", import.meta.url));

/** Time limit for loading the code, in milliseconds; not part of the function's time-out. */
const initLimit = 30_000;

interface Job {
  readonly requestId: string;
  readonly traceId: string;
  readonly event: string;
  readonly finish: (outcome: InvocationOutcome, memoryMegabytes?: number) => void;
  begin: () => void;
}

/** Starts a process of the function with the template's environment and the variables that Lambda sets. */
export function startProcess(
  definition: FunctionDefinition,
  api: RuntimeApi,
  place: ProcessEnvironment,
): FunctionProcess {
  const name = randomUUID();
  const arn = `arn:aws:lambda:${place.region}:${place.account}:function:${definition.name}`;
  const child = spawn(process.execPath, [bootstrap], {
    cwd: definition.taskRoot,
    env: environmentOf(definition, place, api.address(name)),
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => place.log(line));
  }
  const loaded = Promise.withResolvers<void>();
  let waiting: ServerResponse | undefined;
  let job: Job | undefined;
  let initProblem: string | undefined;

  function handOver(): void {
    if (!waiting || !job) return;
    waiting.writeHead(200, {
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": job.requestId,
      "lambda-runtime-deadline-ms": String(Date.now() + definition.timeoutSeconds * 1000),
      "lambda-runtime-invoked-function-arn": arn,
      "lambda-runtime-trace-id": job.traceId,
    });
    job.begin();
    waiting.end(job.event);
    waiting = undefined;
  }

  api.register(name, {
    next(response) {
      waiting = response;
      loaded.resolve();
      handOver();
    },
    answer(requestId, body, memoryMegabytes) {
      if (job?.requestId === requestId)
        job.finish({ kind: "done", payload: JSON.parse(body) }, memoryMegabytes);
    },
    failure(requestId, body, memoryMegabytes) {
      if (job?.requestId !== requestId) return;
      const { errorType, errorMessage } = JSON.parse(body) as { errorType: string; errorMessage: string };
      job.finish({ kind: "failed", type: errorType, message: errorMessage }, memoryMegabytes);
    },
    initFailure(body) {
      initProblem = (JSON.parse(body) as { errorMessage: string }).errorMessage;
    },
  });

  const exited = new Promise<void>((resolve) => {
    const end = (how: string) => {
      api.forget(name);
      job?.finish({ kind: "crashed", how: initProblem ?? how });
      loaded.resolve();
      resolve();
    };
    child.once("exit", (code, signal) =>
      end(signal ? `killed by ${signal}` : `ended with exit code ${code}`),
    );
    child.once("error", (error) => end(error.message));
  });

  return {
    pid: child.pid ?? 0,
    get busy() {
      return job !== undefined;
    },
    get traceId() {
      return job?.traceId;
    },
    invoke(event) {
      if (job) throw new Error("The process is busy.");
      return new Promise((resolve) => {
        let started = performance.now();
        let at = new Date();
        let timer = setTimeout(() => child.kill("SIGKILL"), initLimit);
        const requestId = randomUUID();
        job = {
          requestId,
          traceId: traceIdOf(requestId),
          event: JSON.stringify(event),
          begin() {
            clearTimeout(timer);
            at = new Date();
            started = performance.now();
            timer = setTimeout(() => {
              job?.finish({ kind: "timed out" });
              child.kill("SIGKILL");
            }, definition.timeoutSeconds * 1000);
          },
          finish(outcome, memoryMegabytes = 0) {
            clearTimeout(timer);
            job = undefined;
            const milliseconds = performance.now() - started;
            const pid = child.pid ?? 0;
            const functionName = definition.name;
            resolve({ functionName, requestId, pid, at, milliseconds, memoryMegabytes, outcome });
          },
        };
        if (child.exitCode !== null || child.signalCode !== null) {
          job.finish({ kind: "crashed", how: "it ended before the event arrived" });
        } else {
          handOver();
        }
      });
    },
    kill: (signal = "SIGKILL") => void child.kill(signal),
    ready: loaded.promise,
    exited,
  };
}

/** A trace header (AWS X-Ray Developer Guide, "Tracing header") that is unique to the invocation. */
function traceIdOf(requestId: string): string {
  const digits = requestId.replaceAll("-", "");
  return `Root=1-${digits.slice(0, 8)}-${digits.slice(8)};Parent=${digits.slice(-16)};Sampled=0`;
}

function environmentOf(
  definition: FunctionDefinition,
  place: ProcessEnvironment,
  api: string,
): NodeJS.ProcessEnv {
  return {
    ...definition.environment,
    PATH: process.env["PATH"],
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    AWS_REGION: place.region,
    AWS_DEFAULT_REGION: place.region,
    // Names the caller of each call, as the credentials of its role do on Lambda.
    AWS_ACCESS_KEY_ID: definition.name,
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_ENDPOINT_URL: place.endpoint,
    // Lambda has no profile: ignore the developer's.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes),
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "local",
    AWS_LAMBDA_RUNTIME_API: api,
    // Beside the asset, so that it is removed with the assembly.
    NODE_COMPILE_CACHE: path.join(definition.taskRoot, "..", "compiled"),
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    LAMBDA_TASK_ROOT: definition.taskRoot,
    _HANDLER: definition.handler,
  };
}
