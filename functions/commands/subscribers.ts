import { Command, InvalidArgumentError } from "commander";
import { examples } from "./options.ts";
import { profileOption, stackOption } from "./stack-options.ts";
import type { ConfirmOptions } from "./subscribers/confirm.ts";
import type { ListOptions } from "./subscribers/list.ts";
import type { ResendOptions } from "./subscribers/resend.ts";
import type { SubscribeOptions } from "./subscribers/subscribe.ts";
import type { UnsubscribeOptions } from "./subscribers/unsubscribe.ts";

const addresses = "mail addresses, telephone numbers with +, http or https URLs, ARNs of queues or functions";

const collect = (value: string, list: readonly string[] = []): readonly string[] => [...list, value];

/** Reads the option `--max-filters`. */
export function quota(value: string): number {
  if (/^[1-9]\d{0,5}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("Expected a number from 1 to 999999.");
}

/** The options of every command about readers; without them it uses the local stack, else the deployed one. */
export const withReaderOptions = (command: Command): Command =>
  command
    .option("--topic <arn>", "the topic itself, such as that of a removed audience")
    .option(...stackOption)
    .option(...profileOption)
    .option("--endpoint <url>", "the endpoint of a local stack");

/** `feedbell subscribe`: adds readers to an audience. */
export const subscribeCommand = (): Command =>
  withReaderOptions(new Command("subscribe"))
    .description("subscribe readers to an audience")
    .argument("<address...>", addresses)
    .requiredOption("--audience <name>", "the audience")
    .option("--filter <key=value>", "only messages with this attribute; may be repeated", collect)
    .option("--max-filters <count>", "filter policies that a topic may have", quota, 200)
    .option("--protect", "say how to confirm so that no link in a mail ends the subscription")
    .option("--yes", "don't ask")
    .option("--json", "one JSON line an address")
    .addHelpText(
      "after",
      examples([
        ["subscribe --audience digest reader@example.org", "SNS mails a link that the reader must open"],
        ["subscribe --audience alerts +12025550123 --yes", "A telephone, without a question"],
        [
          "subscribe --audience digest reader@example.org --filter feed=voa,bbc",
          "Only messages of two feeds",
        ],
        [
          "subscribe --audience digest https://example.org/hook --filter 'feed=city-*'",
          "Feeds by their first letters",
        ],
      ]) +
        "\n\nFilters may use feed, language, kind (alert, digest) and audience; several keys must all match. A change of a" +
        "\nfilter takes up to 15 minutes. A filter policy as JSON is accepted too.",
    )
    .action(async (given: readonly string[], options: SubscribeOptions) => {
      const { subscribeReaders } = await import("./subscribers/subscribe.ts");
      await subscribeReaders(given, options);
    });

/** `feedbell unsubscribe`: ends subscriptions. */
export const unsubscribeCommand = (): Command =>
  withReaderOptions(new Command("unsubscribe"))
    .description("end the subscriptions of readers")
    .argument("<address...>", addresses)
    .option("--audience <name>", "only from this audience")
    .option("--all", "from every audience of the configuration")
    .option("--yes", "don't ask")
    .option("--json", "one JSON line a subscription")
    .addHelpText(
      "after",
      examples([
        ["unsubscribe --audience digest reader@example.org", "End one subscription"],
        ["unsubscribe --all reader@example.org +12025550123 --yes", "End all subscriptions of a reader"],
      ]),
    )
    .action(async (given: readonly string[], options: UnsubscribeOptions) => {
      const { unsubscribeReaders } = await import("./subscribers/unsubscribe.ts");
      await unsubscribeReaders(given, options);
    });

/** `feedbell subscribers`: lists readers. */
export const subscribersCommand = (): Command =>
  withReaderOptions(new Command("subscribers"))
    .description("list readers with their state; addresses are masked")
    .option("--audience <name>", "only this audience (default: all of the configuration)")
    .option("--show", "print whole addresses")
    .option("--details", "also filters and protection; needs a call for each reader")
    .option("--json", "one JSON line a reader")
    .addHelpText(
      "after",
      examples([
        ["subscribers", "The readers of all audiences"],
        ["subscribers --audience digest --show --details", "Whole addresses, filters and protection"],
      ]),
    )
    .action(async (options: ListOptions) => {
      const { listSubscribers } = await import("./subscribers/list.ts");
      await listSubscribers(options);
    });

/** `feedbell resend`: sends confirmations again. */
export const resendCommand = (): Command =>
  withReaderOptions(new Command("resend"))
    .description("send the confirmation again to readers who have not confirmed")
    .argument("[address...]", addresses)
    .option("--audience <name>", "only this audience (default: all of the configuration)")
    .option("--pending", "all readers who have not confirmed")
    .option("--yes", "don't ask")
    .option("--json", "one JSON line a reader")
    .addHelpText(
      "after",
      examples([
        ["resend --audience digest reader@example.org", "One reader"],
        ["resend --pending --yes", "All readers who have not confirmed"],
      ]) + "\n\nThe link of a confirmation is valid for two days; after that SNS deletes the subscription.",
    )
    .action(async (given: readonly string[], options: ResendOptions) => {
      const { resendConfirmations } = await import("./subscribers/resend.ts");
      await resendConfirmations(given, options);
    });

/** `feedbell confirm`: confirms a subscription, protected if wanted. */
export const confirmCommand = (): Command =>
  withReaderOptions(new Command("confirm"))
    .description("confirm a subscription by the link of its confirmation mail")
    .argument("<link>", "the link, in quotation marks, or its token")
    .option("--audience <name>", "the audience, where the link does not name the topic")
    .option("--protect", "only signed requests of the account end the subscription, no link in a mail")
    .option("--yes", "don't ask")
    .option("--json", "one JSON line")
    .addHelpText(
      "after",
      examples([
        [
          "confirm 'https://sns.eu-central-1.amazonaws.com/confirmation.html?TopicArn=...' --protect",
          "Confirm for a reader whose mail scanner opens every link",
        ],
      ]) +
        "\n\nA link that was opened has confirmed without protection: protect a reader before that. `unsubscribe` ends a" +
        "\nprotected subscription.",
    )
    .action(async (link: string, options: ConfirmOptions) => {
      const { confirmSubscription } = await import("./subscribers/confirm.ts");
      await confirmSubscription(link, options);
    });
