import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { App } from "aws-cdk-lib";
import { bundle } from "./bundle.ts";
import { ConfigurationError } from "./config/mistakes.ts";
import { parseConfiguration, readConfiguration, readContext } from "./config/configuration.ts";
import type { StackConfiguration } from "./config/stack-configuration.ts";
import { FeedbellStack } from "./stack.ts";

export interface SynthesisOptions {
  readonly configuration?: StackConfiguration;
  /** Folder of the cloud assembly. */
  readonly outdir: string;
  /** The ingest function's source; `functions/ingest.ts` by default. */
  readonly entry?: string;
}

export interface Synthesis {
  readonly stackName: string;
  /** The cloud assembly; the template's `aws:asset:path` is relative to it. */
  readonly outdir: string;
  readonly templatePath: string;
  readonly template: Readonly<Record<string, unknown>>;
}

const ingest = fileURLToPath(new URL("../functions/ingest.ts", import.meta.url));

/** What the CDK CLI adds to the context with the settings of `cdk.json`; without it the template would differ. */
const cliContext = { "aws:cdk:enable-asset-metadata": true };

/** Synthesizes the one stack, without network, credentials or Docker. */
export function synthesize(options: SynthesisOptions): Synthesis {
  const { configuration = readConfiguration(), outdir, entry = ingest } = options;
  const context = { ...readContext(), ...cliContext };
  const { stackName, templateFullPath, template, assembly } = assemble(
    new App({ outdir, context }),
    configuration,
    entry,
  );
  return { stackName, outdir: assembly.directory, templatePath: templateFullPath, template };
}

/** The app as the CDK CLI runs it: what the CLI was given with `--context` goes before `cdk.json`. */
function main(): void {
  const context = { ...readContext(), ...cliContext };
  const app = new App({ context, outdir: process.env["CDK_OUTDIR"] ?? "cdk.out" });
  assemble(app, parseConfiguration(app.node.tryGetContext("feedbell")), ingest);
}

function assemble(app: App, configuration: StackConfiguration, entry: string) {
  const folder = mkdtempSync(join(tmpdir(), "feedbell-"));
  try {
    bundle(entry, configuration, folder);
    const stack = new FeedbellStack(app, configuration, folder);
    return app.synth().getStackByName(stack.stackName);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) {
  try {
    main();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
