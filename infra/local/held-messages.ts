import { counted } from "../../functions/console/terminal.ts";
import { readHeldLine } from "../../functions/core/log-line.ts";

/** The messages that a pause keeps in the outbox, as one sentence with the next command; `undefined` for other lines of the log. */
export function describeHeld(text: string): string | undefined {
  const line = readHeldLine(text);
  if (line === undefined) return undefined;
  const { audience, messages } = line;
  return `${audience} is paused: ${counted(messages, "message", "messages")} held; to send: npx feedbell resume --audience ${audience}`;
}
