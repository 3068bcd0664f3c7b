import { createServer } from "node:http";
import { listen } from "./emulators/endpoint.ts";
import type { LocalFile } from "../../functions/console/live-stack.ts";

export interface LocalPorts {
  readonly inbox: number;
  readonly endpoint: number;
}

/** A port that was asked for is taken, by a local stack or by another program. */
export class PortTakenError extends Error {
  constructor(port: number, live?: LocalFile) {
    const taken = [live?.inbox, live?.endpoint].some((url) => url?.endsWith(`:${port}`));
    const holder = taken
      ? `a local stack that runs already (process ${live?.pid}); its inbox is at ${live?.inbox}. Stop it first.`
      : "another program. Choose another one with --port, or leave it out.";
    super(`The port ${port} is used by ${holder}`);
    this.name = "PortTakenError";
  }
}

const usual: LocalPorts = { inbox: 8025, endpoint: 8026 };

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
 * The ports to listen on. Those that were asked for are taken or the error names the one that is used; the usual ones
 * give way to any other, with a remark. `live` is a stack that runs already, if any does.
 */
export async function choosePorts(
  asked: number | undefined,
  remark: (line: string) => void,
  live?: LocalFile,
): Promise<LocalPorts> {
  if (asked !== undefined) {
    for (const port of [asked, asked + 1]) if (!(await isFree(port))) throw new PortTakenError(port, live);
    return { inbox: asked, endpoint: asked + 1 };
  }
  const chosen = { inbox: 0, endpoint: 0 };
  for (const name of ["inbox", "endpoint"] as const) {
    if (await isFree(usual[name])) chosen[name] = usual[name];
    else remark(`The port ${usual[name]} is used by another program; taking another one.`);
  }
  return chosen;
}
