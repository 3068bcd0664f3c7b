import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { isConfirmed } from "../../console/confirmation.ts";
import { safeLine, write } from "../../console/terminal.ts";
import { UsageError } from "../../console/usage-error.ts";
import { withReaders, type AudienceOptions } from "./topic.ts";

export interface ConfirmOptions extends AudienceOptions {
  readonly protect?: true;
  readonly yes?: true;
  readonly json?: true;
}

/** Confirms a subscription by the link of its confirmation mail. */
export async function confirmSubscription(link: string, options: ConfirmOptions): Promise<void> {
  const { token, topic } = readLink(link);
  const { audience, topic: given = topic } = options;
  if (audience === undefined && given === undefined)
    throw new UsageError("The link names no topic; give --audience NAME as well.");
  // The topic of the link is searched for in the chosen stack, except where an option names a topic.
  await withReaders("confirm", options, async (access) => {
    const found = access.topics.find((place) => audience !== undefined || place.topic === given);
    if (!found) throw new UsageError(`${access.stack} has no audience with the topic of the link, ${given}.`);
    const isProtected = options.protect === true;
    const how = isProtected ? "; from then on no link in a mail ends it" : "";
    const what = `${safeLine(access.stack)}: this confirms a subscription of ${found.audience}${how}.`;
    if (!(await isConfirmed({ what }, options))) return;
    await access.subscriptions.confirm(found.topic, token, isProtected);
    const line = options.json
      ? jsonLine({ audience: found.audience, state: "confirmed", protected: isProtected })
      : `${found.audience}  confirmed${isProtected ? ", protected" : ""}`;
    await write(process.stdout, `${line}\n`);
  });
}

/** The token and, where it is there, the topic of a confirmation link; a token by itself is one too. */
function readLink(link: string): { readonly token: string; readonly topic?: string } {
  if (/^[0-9A-Za-z]{20,2000}$/.test(link)) return { token: link };
  const query = URL.canParse(link) ? new URL(link).searchParams : new URLSearchParams();
  const token = query.get("Token") ?? query.get("token");
  const topic = query.get("TopicArn");
  if (token === null || token === "")
    throw new UsageError("Expected the link of a confirmation mail, in quotation marks, or its token.");
  return { token, ...(topic !== null && { topic }) };
}
