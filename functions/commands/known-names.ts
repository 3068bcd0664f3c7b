import { writeError } from "../console/terminal.ts";
import { nearest, suggestion } from "../console/suggestion.ts";
import { UsageError } from "../console/usage-error.ts";
import { slug } from "../core/feed/feed-slug.ts";
import { readConfiguration } from "./options.ts";
import type { StackAddress } from "./stack.ts";

/** Names of the audiences of a stack: those of the running local stack, otherwise those of `cdk.json`. */
export const audiencesOf = async ({
  audiences,
}: Pick<StackAddress, "audiences">): Promise<readonly string[]> =>
  audiences ?? (await readConfiguration(undefined)).audiences.map(({ name }) => name);

const noAudience = (audience: string, known: readonly string[]): string =>
  `There is no audience ${JSON.stringify(audience)}; ${suggestion(audience, known)}`;

/** The error of an unknown audience, with the nearest name. */
export const unknownAudience = (audience: string, known: readonly string[]): UsageError =>
  new UsageError(noAudience(audience, known));

/** Throws `UsageError` with the nearest name if there is no such audience. */
export function checkAudience(audience: string, known: readonly string[]): void {
  if (!known.includes(audience)) throw unknownAudience(audience, known);
}

/** Says on standard error that the configuration has no such audience. Messages of removed audiences can be listed, so it is no error. */
export async function remarkOnAudience(
  audience: string | undefined,
  stack: Pick<StackAddress, "audiences">,
): Promise<void> {
  if (audience === undefined) return;
  const known = await audiencesOf(stack);
  if (!known.includes(audience)) writeError(`feedbell: ${noAudience(audience, known)}\n`);
}

/**
 * Says on standard error that a feed is not in the configuration where one with a similar name is. Feeds need not be
 * configured, so it is no error.
 */
export async function remarkOnFeed(feed: string | undefined, config?: string): Promise<void> {
  if (feed === undefined) return;
  // A configuration that is not valid is for the commands that need it to report.
  const feeds = await readConfiguration(config).then(
    (configuration) => configuration.feeds,
    () => ({}),
  );
  const known = Object.keys(feeds);
  const similar = known.includes(slug(feed)) ? undefined : nearest(feed, known);
  if (similar !== undefined)
    writeError(`feedbell: the configuration has no feed ${JSON.stringify(feed)}; did you mean ${similar}?\n`);
}
