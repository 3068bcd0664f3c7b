import { createServer } from "node:http";
import { listen } from "./emulators/endpoint.ts";
import type { LocalFile } from "../../functions/console/live-stack.ts";

interface LocalPorts {
  readonly inbox: number;
  readonly endpoint: number;
}

/** A requested port is already in use, by a local stack or by another program. */
export class PortTakenError extends Error {
  constructor(port: number, live?: LocalFile) {
    const isLocalStack = [live?.inbox, live?.endpoint].some((url) => url?.endsWith(`:${port}`));
    const holder = isLocalStack
      ? `a running local stack (process ${live?.pid}); its inbox is at ${live?.inbox}. Stop it first.`
      : "another program. Choose another port with --port, or omit --port.";
    super(`Port ${port} is in use by ${holder}`);
    this.name = "PortTakenError";
  }
}

const defaultPorts: LocalPorts = { inbox: 8025, endpoint: 8026 };

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await listen(server, port);
    await new Promise((resolve) => server.close(resolve));
    return true;
  } catch {
    return false;
  }
}

/**
 * Chooses the ports to listen on: `requested` and the next one, or the default ports. A default port that is in use is
 * replaced by any free one (0), with a line to `warn`. `live` is the running local stack, if any.
 *
 * @throws `PortTakenError` if a requested port is in use.
 */
export async function choosePorts(
  requested: number | undefined,
  warn: (line: string) => void,
  live?: LocalFile,
): Promise<LocalPorts> {
  if (requested !== undefined) {
    for (const port of [requested, requested + 1])
      if (!(await isFree(port))) throw new PortTakenError(port, live);
    return { inbox: requested, endpoint: requested + 1 };
  }
  const chosen = { inbox: 0, endpoint: 0 };
  for (const name of ["inbox", "endpoint"] as const) {
    if (await isFree(defaultPorts[name])) chosen[name] = defaultPorts[name];
    else warn(`Port ${defaultPorts[name]} is in use by another program; using a free one instead.`);
  }
  return chosen;
}
