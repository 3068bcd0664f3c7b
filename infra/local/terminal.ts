import { safeText } from "../../functions/console/terminal.ts";
import type { ReceivedMessage } from "./inbox/messages.ts";

const rule = "─".repeat(78);

/** Formats a message for a terminal. */
export function printMessage(message: ReceivedMessage): string {
  const parts =
    message.parts === undefined ? "" : ` · ${message.parts} ${message.parts === 1 ? "part" : "parts"}`;
  const kind = message.channel === "email" ? "Mail" : "SMS";
  const head = `${kind} to ${message.to} · audience ${message.audience}${parts}`;
  const subject = message.channel === "email" ? `Subject: ${message.subject}\n\n` : "";
  return safeText(`${rule}\n${head}\n${rule}\n${subject}${message.text.trimEnd()}\n`);
}

/** Formats a message as one line. */
export function summariseMessage({ channel, to, subject, text, parts }: ReceivedMessage): string {
  const shown = channel === "email" ? subject : (text.split("\n", 1)[0] ?? "");
  const detail = parts === undefined ? "" : ` (${parts} ${parts === 1 ? "part" : "parts"})`;
  return safeText(`${channel === "email" ? "mail" : "SMS "} to ${to}: ${shown}${detail}`);
}
