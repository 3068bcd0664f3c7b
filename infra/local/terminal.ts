import { stripVTControlCharacters } from "node:util";
import type { ReceivedMessage } from "./inbox/messages.ts";

/**
 * Text that may come from anywhere, made safe for a terminal: no escape sequence, no control character but the line
 * feed, no bidirectional embedding or override (Unicode Standard Annex #9, section 2); isolates stay, since they can't
 * reach beyond their line.
 */
export function safeText(text: string): string {
  return stripVTControlCharacters(text.replaceAll("\r\n", "\n"))
    .replace(/(?!\n)\p{Cc}/gu, " ")
    .replace(/[\u202a-\u202e\u2028\u2029]/gu, "");
}

/**
 * A file's name, a key or a remark in one line: what `safeText` leaves out stands there as its escape, and so does a
 * line feed, so that no name can pass for a line of its own.
 */
export const safeLine = (text: string): string =>
  text.toWellFormed().replace(/[\p{Cc}\u202a-\u202e\u2028\u2029]/gu, (character) => {
    const escape = JSON.stringify(character).slice(1, -1);
    return escape === character ? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}` : escape;
  });

const rule = "─".repeat(78);

/** A message as its reader sees it, for a terminal. */
export function printMessage(message: ReceivedMessage): string {
  const parts =
    message.parts === undefined ? "" : ` · ${message.parts} ${message.parts === 1 ? "part" : "parts"}`;
  const kind = message.channel === "email" ? "Mail" : "SMS";
  const head = `${kind} to ${message.to} · audience ${message.audience}${parts}`;
  const subject = message.channel === "email" ? `Subject: ${message.subject}\n\n` : "";
  return safeText(`${rule}\n${head}\n${rule}\n${subject}${message.text.trimEnd()}\n`);
}

/** The same in one line. */
export function summariseMessage({ channel, to, subject, text, parts }: ReceivedMessage): string {
  const shown = channel === "email" ? subject : (text.split("\n", 1)[0] ?? "");
  const detail = parts === undefined ? "" : ` (${parts} ${parts === 1 ? "part" : "parts"})`;
  return safeText(`${channel === "email" ? "mail" : "SMS "} to ${to}: ${shown}${detail}`);
}
