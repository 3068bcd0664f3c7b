import type { Address } from "../../aws/subscriptions.ts";
import type { Failure } from "../failure.ts";
import { program } from "../options.ts";
import { addressKey } from "./address.ts";
import { listReaders, type AudienceReader, type ReaderAccess } from "./topic.ts";

interface FoundReaders {
  /** Subscriptions of the addresses in all topics, confirmed or pending. */
  readonly readers: readonly AudienceReader[];
  /** Addresses without any. */
  readonly missing: readonly string[];
}

/** A mail address is the same reader whether it gets texts or JSON. */
const readerKey = ({ protocol, endpoint }: Address): string =>
  addressKey({ protocol: protocol === "email-json" ? "email" : protocol, endpoint });

/** The subscriptions of addresses in the topics. */
export async function findReaders(
  addresses: readonly Address[],
  access: ReaderAccess,
): Promise<FoundReaders> {
  const wanted = new Map(addresses.map((address) => [readerKey(address), address.endpoint]));
  const readers: AudienceReader[] = [];
  for await (const reader of listReaders(access))
    if (reader.state !== "deleted" && wanted.has(readerKey(reader))) readers.push(reader);
  const found = new Set(readers.map(readerKey));
  return { readers, missing: [...wanted].flatMap(([key, endpoint]) => (found.has(key) ? [] : [endpoint])) };
}

/** What is wrong with an address that has no subscription. */
export const notSubscribed: Failure = {
  code: "not-subscribed",
  message: "There is no such subscription; nothing was changed.",
  found: "no subscription of this address",
  expected: "an address that is subscribed",
  hint: `List the readers with \`${program} subscribers --show\`.`,
};
