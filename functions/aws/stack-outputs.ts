import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";

/** By the output's name. */
export type StackOutputs = Readonly<Record<string, string | undefined>>;

/**
 * The outputs of a deployed stack; `undefined` if there is none of this name, which CloudFormation reports as
 * `ValidationError` (AWS CloudFormation API Reference, `DescribeStacks`). `profile`: of the shared configuration, which
 * also names the region. Throws what else fails, such as missing credentials.
 */
export async function describeOutputs(stack: string, profile?: string): Promise<StackOutputs | undefined> {
  const client = new CloudFormationClient(profile === undefined ? {} : { profile });
  try {
    const { Stacks: [found] = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    return found && Object.fromEntries((found.Outputs ?? []).map((one) => [one.OutputKey, one.OutputValue]));
  } catch (error) {
    if (error instanceof Error && error.name === "ValidationError" && /does not exist/.test(error.message))
      return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}
