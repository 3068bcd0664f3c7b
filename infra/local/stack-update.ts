import { getAssembly, type Assembly, type AssemblyOptions } from "./assembly.ts";
import type { LocalStackOptions } from "./local-stack.ts";
import { provision, type Provisioned } from "./provision.ts";
import type { StackNames } from "../../functions/console/live-stack.ts";
import { TemplateError } from "./template.ts";

/** What a local stack runs. */
export interface RunningTemplate {
  readonly assembly: Assembly;
  readonly provisioned: Provisioned;
  readonly names: StackNames;
}

/**
 * Provisions a template in the emulators of a stack that runs another one; what both have keeps its content. Resolves with
 * `undefined` where the template is the same. Throws `TemplateError` where the stack must be started again.
 */
export async function provisionUpdate(
  running: RunningTemplate,
  options: AssemblyOptions,
  {
    emulators,
    namesOf,
  }: {
    readonly emulators: Parameters<typeof provision>[1];
    readonly namesOf: (provisioned: Provisioned) => StackNames;
  },
): Promise<RunningTemplate | undefined> {
  const assembly = await getAssembly(options);
  if (assembly.directory === running.assembly.directory) return undefined;
  const again = "stop the local stack and start it again";
  if (assembly.stackName !== running.assembly.stackName)
    throw new TemplateError(`the stack is now named ${assembly.stackName}: ${again}`);
  const provisioned = await provision(assembly, emulators);
  const names = namesOf(provisioned);
  if (names.bucket !== running.names.bucket || names.table !== running.names.table)
    throw new TemplateError(`the bucket or the table has another name: ${again}`);
  return { assembly, provisioned, names };
}

/** What an update has changed, for the terminal. */
export function describeUpdate(
  before: Pick<StackNames, "topics">,
  after: Pick<StackNames, "topics">,
): string {
  const [old, now] = [Object.keys(before.topics), Object.keys(after.topics)];
  const added = now.filter((name) => !old.includes(name));
  const removed = old.filter((name) => !now.includes(name));
  return [
    "the changed configuration is in use",
    ...(added.length > 0 ? [`new audiences: ${added.join(", ")}`] : []),
    ...(removed.length > 0 ? [`removed audiences: ${removed.join(", ")}`] : []),
  ].join("; ");
}

/** The options of the assembly of a stack. */
export async function assemblyOptions(options: LocalStackOptions): Promise<AssemblyOptions> {
  const { configuration, timeoutSeconds, entries, unpaced, onSynthesis } = options;
  const changed =
    timeoutSeconds === undefined
      ? configuration
      : {
          ...(configuration ?? (await import("../config/configuration.ts")).readConfiguration()),
          timeoutSeconds,
        };
  return {
    ...(changed && { configuration: changed }),
    ...(entries && { entries }),
    ...(unpaced && { unpaced }),
    ...(onSynthesis && { onSynthesis }),
  };
}
