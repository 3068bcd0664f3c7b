import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createTransport } from "nodemailer";
import { SMTPServer } from "smtp-server";
import { expect, test } from "vitest";
import { composeAlert, composeDigest } from "../../../../functions/core/message/index.ts";
import type { Message } from "../../../../functions/core/message/message.ts";
import {
  bridge,
  cairo,
  digestOf,
  ferry,
  lamp,
  library,
  london,
  shanghai,
  tideGate,
} from "../../../support/sample-messages.ts";
import { hasPython, openMails } from "../../../support/open-mail.ts";
import { skippedIf } from "../../../support/skipped.ts";

/** Sends each message through a real SMTP conversation, as SNS would: plain text, UTF-8. Resolves to the bytes received. */
async function throughSmtp(messages: readonly Message[]): Promise<readonly Buffer[]> {
  const received: Buffer[] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        received.push(Buffer.concat(chunks));
        done();
      });
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  const transport = createTransport({ host: "127.0.0.1", port, ignoreTLS: true });
  try {
    for (const { subject, email } of messages)
      await transport.sendMail({ from: "news@example.com", to: "reader@example.com", subject, text: email });
  } finally {
    transport.close();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  }
  return received;
}

test(
  "Python's email package reads the decoded subject and unbroken links of each mail",
  skippedIf(!hasPython, "python3 is not installed"),
  async () => {
    const long = { ...tideGate, key: "g3", link: `https://gazette.example/${"deep/".repeat(190)}end` };
    const dotted = { ...ferry, summary: ".hidden by SMTP\nFrom here on" };
    const entries = [tideGate, ferry, long, bridge, library];
    const messages = [
      composeAlert(tideGate, london),
      composeAlert(bridge, shanghai),
      composeAlert(library, cairo),
      composeAlert(long, london),
      composeAlert(dotted, london),
      ...composeDigest({ shown: entries, more: 99_940, before: 0, source: lamp }, digestOf(shanghai)),
    ];
    const raw = await throughSmtp(messages);
    const opened = openMails(raw);
    expect(opened).toHaveLength(messages.length);
    for (const [index, message] of messages.entries()) {
      const mail = opened[index];
      expect(mail).toMatchObject({ subject: message.subject, type: "text/plain", parts: false, defects: [] });
      const lines = mail?.text.split(/\r?\n/) ?? [];
      expect(lines.join("\n")).toBe(message.email);
      for (const { link } of entries.filter((entry) => message.keys.includes(entry.key)))
        expect(lines).toContain(link);
    }
  },
);
