import { fileURLToPath } from "node:url";
import { watch } from "chokidar";
import { safeText } from "../../functions/console/terminal.ts";
import type { LocalStack } from "./local-stack.ts";

/** The project's settings. */
const settingsFile = fileURLToPath(new URL("../../cdk.json", import.meta.url));

/** Watches `cdk.json`. */
export interface ConfigurationWatch {
  close(): Promise<void>;
}

/**
 * Updates a stack whenever the file changes, and calls `changed` after each update. A file with mistakes is reported,
 * and the stack keeps its configuration; that they are undone is reported too.
 */
export async function watchConfiguration(
  stack: Pick<LocalStack, "update">,
  options: {
    readonly print: (line: string) => void;
    readonly printError: (line: string) => void;
    readonly changed: () => Promise<void>;
    /** `cdk.json` by default. */
    readonly file?: string;
  },
): Promise<ConfigurationWatch> {
  const { print, printError, changed, file = settingsFile } = options;
  const watcher = watch(file, {
    ignoreInitial: true,
    // Editors write a file in pieces, or replace it.
    awaitWriteFinish: { stabilityThreshold: 200, pollInterval: 50 },
  });
  let updates = Promise.resolve();
  let hasMistakes = false;

  async function update(): Promise<void> {
    try {
      const what = await stack.update();
      if (what !== undefined) await changed();
      const undone = hasMistakes
        ? "the mistakes are corrected; the stack has this configuration already"
        : undefined;
      hasMistakes = false;
      const said = what ?? undone;
      if (said !== undefined) print(safeText(`cdk.json: ${said}`));
    } catch (error) {
      hasMistakes = true;
      const { name, message, stack: trace } = error instanceof Error ? error : new Error(String(error));
      const isExpected = ["ConfigurationError", "TemplateError"].includes(name);
      printError(
        safeText(
          `cdk.json was changed, but the stack keeps its configuration:\n${isExpected ? message : (trace ?? message)}`,
        ),
      );
    }
  }

  // One after the other, so that the last content of the file is the one in use.
  const enqueue = () => void (updates = updates.then(update));
  watcher.on("add", enqueue);
  watcher.on("change", enqueue);
  watcher.on("error", (error) => printError(safeText(`Watching cdk.json failed: ${String(error)}`)));
  await new Promise<void>((resolve) => watcher.once("ready", () => resolve()));
  return {
    async close() {
      await watcher.close();
      await updates;
    },
  };
}
