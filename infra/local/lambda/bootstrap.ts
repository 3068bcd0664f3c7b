import http from "node:http";
import { createRequire, flushCompileCache } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

// Replaces Lambda's runtime client in a function's process: gets an event, runs the handler, sends the response
// (AWS Lambda Developer Guide, "Using the Lambda runtime API for custom runtimes"). It imports nothing from the project.

type Handler = (event: unknown, context: object) => unknown;

// Ctrl-C and a closed terminal signal the whole process group, but only the stack stops this process.
for (const signal of ["SIGINT", "SIGHUP"]) process.on(signal, () => undefined);

const { env } = process;
const api = `http://${env["AWS_LAMBDA_RUNTIME_API"]}/2018-06-01/runtime`;
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

interface Answer {
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

function call(method: string, location: string, payload?: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const memory = String(Math.ceil(process.resourceUsage().maxRSS / 1024));
    const headers = { "content-type": "application/json", "x-local-memory-megabytes": memory };
    const request = http.request(`${api}/${location}`, { method, agent, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("end", () =>
        resolve({ headers: response.headers, body: Buffer.concat(pieces).toString() }),
      );
      response.on("error", reject);
    });
    request.on("error", reject);
    request.end(payload === undefined ? undefined : JSON.stringify(payload));
  });
}

const describe = (error: unknown) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, stackTrace: error.stack?.split("\n") ?? [] }
    : { errorType: "Unknown", errorMessage: String(error), stackTrace: [] };

async function load(): Promise<Handler> {
  const [file = "", name = ""] = (env["_HANDLER"] ?? "").split(/\.(?=[^.]+$)/);
  const base = path.join(env["LAMBDA_TASK_ROOT"] ?? "", file);
  const require = createRequire(import.meta.url);
  const found = [".mjs", ".js", ".cjs"]
    .map((ending) => base + ending)
    .find((candidate) => {
      try {
        return require.resolve(candidate) !== "";
      } catch {
        return false;
      }
    });
  if (!found)
    throw new Error(`There is no file ${base}.mjs, .js or .cjs for the handler ${env["_HANDLER"]}.`);
  const loaded = (await import(pathToFileURL(found).href)) as Record<string, unknown>;
  const handler = loaded[name];
  if (typeof handler !== "function") throw new Error(`${found} exports no function ${name}.`);
  return handler as Handler;
}

function contextOf(headers: http.IncomingHttpHeaders): object {
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  return {
    functionName: env["AWS_LAMBDA_FUNCTION_NAME"],
    functionVersion: "$LATEST",
    memoryLimitInMB: env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"],
    awsRequestId: headers["lambda-runtime-aws-request-id"],
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    logGroupName: env["AWS_LAMBDA_LOG_GROUP_NAME"],
    logStreamName: env["AWS_LAMBDA_LOG_STREAM_NAME"],
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

async function serve(handler: Handler): Promise<never> {
  for (;;) {
    // The process is killed at the end, so it does not write the cache itself. Without new code this takes microseconds.
    flushCompileCache();
    const next = await call("GET", "invocation/next");
    const id = String(next.headers["lambda-runtime-aws-request-id"]);
    // Lambda's runtimes set it too; the SDK sends it with each call.
    env["_X_AMZN_TRACE_ID"] = String(next.headers["lambda-runtime-trace-id"]);
    try {
      const result = await handler(JSON.parse(next.body), contextOf(next.headers));
      await call("POST", `invocation/${id}/response`, result ?? null);
    } catch (error) {
      const problem = describe(error);
      console.error(`ERROR ${id}`, problem.stackTrace.join("\n") || problem.errorMessage);
      await call("POST", `invocation/${id}/error`, problem);
    }
  }
}

const handler = await load().catch(async (error: unknown) => {
  console.error("The function could not be loaded:", error);
  await call("POST", "init/error", describe(error)).catch(() => undefined);
  process.exit(1);
});

// The connection closes when the local stack ends: end too.
await serve(handler).catch(() => process.exit(1));
