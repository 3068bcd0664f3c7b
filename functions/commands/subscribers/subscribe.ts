import type { Address, SubscriptionState } from "../../aws/subscriptions.ts";
import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { isConfirmed } from "../../console/confirmation.ts";
import { counted, safeLine, write } from "../../console/terminal.ts";
import { UsageError } from "../../console/usage-error.ts";
import { program } from "../options.ts";
import { addressKey } from "./address.ts";
import { checkPolicyCount, parseFilters } from "./filter.ts";
import { readAddresses } from "./given-addresses.ts";
import {
  listReaders,
  withReaders,
  type AudienceOptions,
  type AudienceReader,
  type ReaderAccess,
} from "./topic.ts";

export interface SubscribeOptions extends AudienceOptions {
  readonly filter?: readonly string[];
  readonly maxFilters: number;
  readonly protect?: true;
  readonly yes?: true;
  readonly json?: true;
}

/** One address and what is done about it. */
interface Step {
  readonly address: Address;
  /** The reader, if the address is subscribed. */
  readonly reader?: AudienceReader;
  readonly action: "subscribe" | "set the filter of" | "keep";
}

/** Subscribes addresses to an audience, after everything has been checked and confirmed. */
export async function subscribeReaders(given: readonly string[], options: SubscribeOptions): Promise<void> {
  const addresses = readAddresses(given);
  const filter = parseFilters(options.filter ?? []);
  await withReaders("subscribe", options, async (access) => {
    const steps = await planSteps(addresses, filter, access, options);
    const changes = steps.filter(({ action }) => action !== "keep");
    const parts = changes.map(({ address, action }) => `${action} ${address.protocol} ${address.endpoint}`);
    const change = { what: summaryOf(changes, access), parts, total: parts.length };
    if (changes.length > 0 && !(await isConfirmed(change, options))) return;
    const [place] = access.topics;
    if (place === undefined) return;
    const { audience, topic } = place;
    for (const { address, reader, action } of steps) {
      let state: SubscriptionState = reader?.state ?? "pending";
      if (action === "subscribe") state = await access.subscriptions.subscribe(topic, address, filter);
      else if (action === "set the filter of" && reader?.arn !== undefined)
        await access.subscriptions.setFilter(reader.arn, filter ?? "");
      await write(process.stdout, describe({ audience, address, state, action }, options));
    }
  });
}

async function planSteps(
  addresses: readonly Address[],
  filter: string | undefined,
  access: ReaderAccess,
  { maxFilters }: SubscribeOptions,
): Promise<readonly Step[]> {
  const readers = new Map<string, AudienceReader>();
  for await (const reader of listReaders(access))
    if (reader.state !== "deleted") readers.set(addressKey(reader), reader);
  const steps: Step[] = [];
  for (const address of addresses) {
    const reader = readers.get(addressKey(address));
    steps.push(
      reader
        ? { address, reader, action: await actionFor(reader, filter, access) }
        : { address, action: "subscribe" },
    );
  }
  if (filter !== undefined) {
    const added = steps.filter(({ action }) => action !== "keep").length;
    await checkPolicyCount([...readers.values()], added, maxFilters, access.subscriptions);
  }
  return steps;
}

async function actionFor(
  { state, arn, endpoint }: AudienceReader,
  filter: string | undefined,
  { subscriptions }: ReaderAccess,
): Promise<Step["action"]> {
  if (filter === undefined) return "keep";
  if (state === "pending" || arn === undefined)
    throw new UsageError(`${safeLine(endpoint)} has not confirmed yet; its filter can be set after that.`);
  return (await subscriptions.details(arn)).filter === filter ? "keep" : "set the filter of";
}

function summaryOf(changes: readonly Step[], { stack, topics }: ReaderAccess): string {
  const what = counted(changes.length, "address", "addresses");
  const audience = topics.map((place) => place.audience).join(", ");
  return `${safeLine(stack)}: this changes ${what} of the audience ${audience}; SNS sends a confirmation to new mail addresses and URLs.`;
}

function describe(
  {
    audience,
    address,
    state,
    action,
  }: Omit<Step, "reader"> & { readonly audience: string; readonly state: SubscriptionState },
  { json, protect }: SubscribeOptions,
): string {
  const outcome = { subscribe: "subscribed", "set the filter of": "filter set", keep: "already subscribed" }[
    action
  ];
  if (json)
    return `${jsonLine({ audience, protocol: address.protocol, address: address.endpoint, state, outcome })}\n`;
  const next =
    state !== "pending"
      ? ""
      : protect
        ? `; the reader must not open the link of the confirmation mail: run \`${program} confirm LINK --protect\` with it within 48 hours`
        : "; the reader must open the link of the confirmation within 48 hours";
  return `${safeLine(`${audience}  ${address.protocol}  ${address.endpoint}  ${outcome}, ${state}${next}`)}\n`;
}
