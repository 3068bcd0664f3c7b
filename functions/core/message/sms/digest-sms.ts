import type { Audience } from "../../configuration.ts";
import { type DigestPart, digestHeading, feedsOf } from "../email/digest-email.ts";
import { channelLimits } from "../channel-limits.ts";
import { withDirectionMark } from "../email/direction.ts";
import { headlineOf } from "../headline.ts";
import type { SmsOmission, Sms } from "../message.ts";
import { alertSms, linkUnder } from "./alert-sms.ts";
import {
  type Medium,
  type SmsPlan,
  limits,
  lines,
  plan,
  shorten,
  smsPrefix,
  titleShape,
} from "./sms-plan.ts";
import type { LocaleWords } from "../locales/locale-words.ts";

function planDigest(part: DigestPart, words: LocaleWords, medium: Medium): SmsPlan {
  const { source, more } = part.digest;
  const several = feedsOf(part) > 1;
  const head = medium.write(digestHeading(part, words));
  const link = several ? "" : linkUnder(medium.encoding, source.link);
  const titles = part.alerts.map((alert) =>
    medium.write(withDirectionMark(`- ${headlineOf(alert, words).title}`)),
  );
  const counted = part.number === part.of ? more : 0;
  const rest = (listed: number): string => {
    const hidden = titles.length - listed + counted;
    return hidden > 0 ? `+${new Intl.NumberFormat(words.tag).format(hidden)}` : "";
  };
  for (const tail of link === "" ? [""] : [link, ""]) {
    const build = (listed: readonly string[]): string => lines(head, ...listed, rest(listed.length), tail);
    const omissions: readonly SmsOmission[] = tail === link ? [] : ["link omitted"];
    for (let listed = fitting(titles, medium, build); listed > 0; listed -= 1)
      if (medium.fits(build(titles.slice(0, listed))))
        return { text: build(titles.slice(0, listed)), link: tail, omissions };
    const [first] = titles;
    const short =
      first === undefined
        ? undefined
        : shorten(first, {
            shape: titleShape,
            minColumns: limits.listed,
            medium,
            build: (text) => build([text]),
          });
    if (short !== undefined)
      return { text: build([short]), link: tail, omissions: [...omissions, "title shortened"] };
    if (medium.fits(build([])))
      return { text: build([]), link: tail, omissions: [...omissions, "titles omitted"] };
  }
  const hidden = rest(0);
  return {
    text: hidden,
    link: "",
    omissions: [...(link === "" ? [] : (["link omitted"] as const)), "titles omitted", "heading omitted"],
  };
}

/** An upper bound of the number of titles that fit. */
function fitting(
  titles: readonly string[],
  medium: Medium,
  build: (listed: readonly string[]) => string,
): number {
  let listed = 0;
  for (let next = 1; next <= titles.length; next += 1) {
    const text = build(titles.slice(0, next));
    if (medium.fits(text)) listed = next;
    else if (text.length > channelLimits.smsCharacters || next > listed + 2) break;
  }
  return listed;
}

/**
 * The SMS for one part of a digest: the count, as many titles as fit, `+N` for the others, and the feed's link if it
 * fits. A digest of one entry is written like an alert.
 */
export function digestSms(part: DigestPart, audience: Audience, words: LocaleWords): Sms {
  const parts = audience.sms.parts.digest;
  const [only, ...others] = part.digest.shown;
  if (only !== undefined && others.length === 0 && part.digest.more === 0 && !part.closing)
    return alertSms(only, audience, words, parts);
  const budget = { prefix: smsPrefix(audience.displayName), parts };
  return plan(budget, (medium) => planDigest(part, words, medium));
}
