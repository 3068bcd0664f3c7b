import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { isConfirmed } from "../../console/confirmation.ts";
import { counted, safeLine, write, writeError } from "../../console/terminal.ts";
import { UsageError } from "../../console/usage-error.ts";
import { describeFailure } from "../failure.ts";
import { startProgress } from "../../console/progress.ts";
import { findReaders, notSubscribed } from "./find-readers.ts";
import { readAddresses } from "./given-addresses.ts";
import { listReaders, withReaders, type AudienceOptions, type AudienceReader } from "./topic.ts";

export interface ResendOptions extends AudienceOptions {
  readonly pending?: true;
  readonly yes?: true;
  readonly json?: true;
}

/** Lets SNS send the confirmation once more to readers who have not confirmed. */
export async function resendConfirmations(given: readonly string[], options: ResendOptions): Promise<void> {
  if ((given.length === 0) !== (options.pending === true))
    throw new UsageError(
      "Say who gets the confirmation again: addresses, or --pending for all who have not confirmed.",
    );
  const addresses = readAddresses(given);
  await withReaders("resend", options, async (access) => {
    const all: AudienceReader[] = [];
    if (options.pending) for await (const reader of listReaders(access)) all.push(reader);
    const { readers, missing } = options.pending
      ? { readers: all, missing: [] }
      : await findReaders(addresses, access);
    for (const address of missing) writeError(describeFailure(address, notSubscribed));
    if (missing.length > 0) {
      process.exitCode = 1;
      return;
    }
    const pending = readers.filter(({ state }) => state === "pending");
    const what = `${safeLine(access.stack)}: ${counted(pending.length, "reader has", "readers have")} not confirmed`;
    const change = {
      what: `${what} and ${pending.length === 1 ? "gets" : "get"} the confirmation again.`,
      parts: pending.map(({ audience, endpoint }) => `${audience}  ${endpoint}`),
      total: pending.length,
    };
    if (pending.length > 0 && !(await isConfirmed(change, options))) return;
    const progress = startProgress(pending.length, options);
    try {
      for (const { topic, protocol, endpoint, audience } of pending) {
        await access.subscriptions.subscribe(topic, { protocol, endpoint });
        if (options.json)
          await write(
            process.stdout,
            `${jsonLine({ audience, protocol, address: endpoint, state: "pending", outcome: "sent" })}\n`,
          );
        progress.step();
      }
    } finally {
      progress.stop();
    }
    if (options.json) return;
    const sent = counted(pending.length, "confirmation", "confirmations");
    const already = readers.filter(({ state }) => state === "confirmed").length;
    const rest = options.pending || already === 0 ? "" : `; ${already} already confirmed`;
    await write(process.stdout, `${sent} sent${rest}\n`);
  });
}
