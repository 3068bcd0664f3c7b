import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Annotations, App } from "aws-cdk-lib";
import { addConfiguration, bundle, functionSources, type Entries } from "./bundle.ts";
import { ConfigurationError } from "./config/mistakes.ts";
import { parseConfiguration, readConfiguration, readContext } from "./config/configuration.ts";
import type { StackConfiguration } from "./config/stack-configuration.ts";
import { missingOperators } from "./operators.ts";
import { FeedbellStack } from "./stack.ts";

export interface SynthesisOptions {
  readonly configuration?: StackConfiguration;
  /** Folder of the cloud assembly. */
  readonly outdir: string;
  /** Sources of functions; those of `functions/` by default. */
  readonly entries?: Partial<Entries>;
  /** Folder with the functions' code as `bundleCode` writes it; the entries are bundled by default. */
  readonly code?: string;
}

export interface Synthesis {
  readonly stackName: string;
  /** The cloud assembly; the template's `aws:asset:path` is relative to it. */
  readonly outdir: string;
  readonly templatePath: string;
  readonly template: Readonly<Record<string, unknown>>;
}

/** The context that the CDK CLI adds by default. Without it the template would differ. */
const cliContext = { "aws:cdk:enable-asset-metadata": true };

/** Synthesizes the stack. Needs no network, credentials or Docker. */
export function synthesize(options: SynthesisOptions): Synthesis {
  const { configuration = readConfiguration(), outdir, code } = options;
  const context = { ...readContext(), ...cliContext };
  const { stackName, templateFullPath, template, assembly } = assemble(
    new App({ outdir, context }),
    configuration,
    code ?? { ...functionSources, ...options.entries },
  );
  return { stackName, outdir: assembly.directory, templatePath: templateFullPath, template };
}

/** Runs the app for the CDK CLI, whose `--context` options take precedence over `cdk.json`. */
function main(): void {
  const context = { ...readContext(), ...cliContext };
  const app = new App({ context, outdir: process.env["CDK_OUTDIR"] ?? "cdk.out" });
  const configuration = parseConfiguration(app.node.tryGetContext("feedbell"));
  // Not by the stack itself: the local stack has no alarms.
  assemble(app, configuration, functionSources, missingOperators(configuration.deployment));
}

/** `functions`: their sources, or the folder with their code. */
function assemble(
  app: App,
  configuration: StackConfiguration,
  functions: Entries | string,
  warning?: string,
) {
  const folder = mkdtempSync(join(tmpdir(), "feedbell-"));
  try {
    if (typeof functions === "string") {
      cpSync(functions, folder, { recursive: true });
      addConfiguration(folder, configuration);
    } else bundle(functions, configuration, folder);
    const stack = new FeedbellStack(app, configuration, folder);
    if (warning !== undefined) Annotations.of(stack).addWarningV2("feedbell:no-operators", warning);
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
