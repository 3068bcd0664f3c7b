import type { Address } from "../../aws/subscriptions.ts";
import { escapeLine } from "../../console/terminal.ts";
import { UsageError } from "../../console/usage-error.ts";
import { addressKey, parseAddress } from "./address.ts";

/** The addresses of the command line, each once; throws `UsageError` with all mistakes. */
export function readAddresses(given: readonly string[]): readonly Address[] {
  const parsed = given.map((text) => ({ text, ...parseAddress(text) }));
  const problems = parsed.flatMap((item) =>
    "problem" in item ? [`${escapeLine(item.text)}: ${item.problem}`] : [],
  );
  if (problems.length > 0) throw new UsageError(`Nothing was sent.\n  ${problems.join("\n  ")}`);
  const addresses = parsed.flatMap((item) => ("address" in item ? [item.address] : []));
  return [...new Map(addresses.map((address) => [addressKey(address), address])).values()];
}
