import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { isConfirmed } from "../../console/confirmation.ts";
import { counted, safeLine, write, writeError } from "../../console/terminal.ts";
import { UsageError } from "../../console/usage-error.ts";
import { describeFailure } from "../failure.ts";
import { readAddresses } from "./given-addresses.ts";
import { findReaders, notSubscribed } from "./find-readers.ts";
import { withReaders, type AudienceOptions, type AudienceReader } from "./topic.ts";

export interface UnsubscribeOptions extends AudienceOptions {
  readonly all?: true;
  readonly yes?: true;
  readonly json?: true;
}

/** Ends the subscriptions of addresses. If one of them is not subscribed, nothing is changed. */
export async function unsubscribeReaders(
  given: readonly string[],
  options: UnsubscribeOptions,
): Promise<void> {
  const { audience, topic, all, json } = options;
  if ((audience ?? topic) === undefined && !all)
    throw new UsageError("Say from where to unsubscribe: --audience NAME, or --all for every audience.");
  if (audience !== undefined && all) throw new UsageError("Give --audience or --all, not both.");
  const addresses = readAddresses(given);
  await withReaders("unsubscribe", options, async (access) => {
    const { readers, missing } = await findReaders(addresses, access);
    if (missing.length > 0) {
      for (const address of missing) writeError(describeFailure(address, notSubscribed));
      process.exitCode = 1;
      return;
    }
    const ending = readers.filter(({ arn }) => arn !== undefined);
    const parts = ending.map((reader) => `unsubscribe ${reader.endpoint} from ${reader.audience}`);
    const what = `${safeLine(access.stack)}: this ends ${counted(ending.length, "subscription", "subscriptions")}.`;
    const change = { what, parts, total: parts.length };
    if (ending.length > 0 && !(await isConfirmed(change, options))) return;
    for (const reader of readers) {
      if (reader.arn !== undefined) await access.subscriptions.unsubscribe(reader.arn);
      const { audience, protocol, endpoint: address } = reader;
      const outcome = outcomeOf(reader);
      const line = safeLine(`${audience}  ${protocol}  ${address}  ${outcome}`);
      await write(process.stdout, `${json ? jsonLine({ audience, protocol, address, outcome }) : line}\n`);
    }
  });
}

const outcomeOf = ({ arn }: AudienceReader): string =>
  arn === undefined ? "not confirmed: gets nothing, and SNS deletes it within 48 hours" : "unsubscribed";
