import { bundleCode, functionSources, type Entries } from "../bundle.ts";
import { readConfiguration } from "../config/configuration.ts";
import { maxMessagesPerSecond } from "../config/audience-schema.ts";
import type { StackConfiguration } from "../config/stack-configuration.ts";

/** What the process is asked to do, as JSON in its first argument. */
export interface SynthesisRequest {
  /** Folder of the cloud assembly. */
  readonly outdir: string;
  /** Folder with the functions' code. */
  readonly code: string;
  /** The folder is empty: bundle the functions into it. */
  readonly bundles: boolean;
  /** Publishes as fast as SNS allows instead of at each audience's pace. */
  readonly unpaced: boolean;
  /** The project's own by default. */
  readonly configuration?: StackConfiguration;
  readonly entries?: Partial<Entries>;
}

/** Sent to the parent process where the synthesis fails. */
export interface SynthesisFailure {
  readonly name: string;
  readonly message: string;
}

/** For runs that end with the last message: no local reader is protected by the pace. */
const withoutPace = (configuration: StackConfiguration): StackConfiguration => ({
  ...configuration,
  audiences: configuration.audiences.map((audience) => ({
    ...audience,
    messagesPerSecond: maxMessagesPerSecond,
  })),
});

// Runs beside the local stack, so that the stack's event loop is free and the functions are bundled while the CDK loads.
try {
  const request = JSON.parse(process.argv[2] ?? "") as SynthesisRequest;
  const { outdir, code, entries } = request;
  const configured = request.configuration ?? readConfiguration();
  const configuration = request.unpaced ? withoutPace(configured) : configured;
  const bundled = request.bundles ? bundleCode({ ...functionSources, ...entries }, code) : undefined;
  const [{ synthesize }] = await Promise.all([import("../app.ts"), bundled]);
  synthesize({ outdir, configuration, code });
} catch (error) {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const isMistake = name === "ConfigurationError";
  const failure: SynthesisFailure = { name, message: isMistake ? message : (stack ?? message) };
  process.exitCode = 1;
  process.send?.(failure);
}
process.disconnect?.();
