import type { AddressInfo } from "node:net";
import type { ParsedMail } from "mailparser";
import type { SMTPServerDataStream } from "smtp-server";
import type { Mail } from "../emulators/sns/delivery.ts";
import type { Messages, ReceivedMessage } from "./messages.ts";

/** Sends mail over SMTP on the loopback address to its own server, which adds it to the inbox. */
export interface MailServer {
  /** Opens the server before the first mail: its libraries take a moment to load. */
  prepare(): Promise<void>;
  /** Resolves when the mail is in the inbox. */
  send(mail: Mail): Promise<void>;
  close(): Promise<void>;
}

/** Joins a mail with the message that was published. */
const messageIdHeader = "x-amz-sns-message-id";

/** Returns the audience of a topic. */
export type NameAudience = (topicArn: string) => string;

/** A mail server that opens with its first mail. */
export function openMailServer(messages: Messages, nameAudience: NameAudience): MailServer {
  let opened: ReturnType<typeof listenForMail> | undefined;
  const open = () => (opened ??= listenForMail(messages, nameAudience));
  return {
    async prepare() {
      await open();
    },
    async send({ to, topic, subject, text, notification }) {
      const { transport } = await open();
      const name = topic.attributes.get("DisplayName") || "AWS Notifications";
      await transport.sendMail({
        from: `"${name.replaceAll(/["\\]/g, "")}" <no-reply@sns.amazonaws.com>`,
        to,
        subject,
        text,
        // Keeps each link on one line of the decoded text.
        textEncoding: "quoted-printable",
        headers: {
          "x-amz-sns-topic-arn": topic.arn,
          ...(notification && { [messageIdHeader]: notification.id }),
        },
      });
    },
    async close() {
      const mail = await opened;
      mail?.transport.close();
      await new Promise<void>((resolve) => (mail ? mail.server.close(() => resolve()) : resolve()));
    },
  };
}

async function listenForMail(messages: Messages, nameAudience: NameAudience) {
  const [{ SMTPServer }, { createTransport }, { simpleParser }] = await Promise.all([
    import("smtp-server"),
    import("nodemailer"),
    import("mailparser"),
  ]);
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    logger: false,
    // Accepts everything: long lines and non-ASCII text must be visible in the inbox, not rejected.
    onData(stream, _session, done) {
      void receive(stream, done);
    },
  });

  async function receive(stream: SMTPServerDataStream, done: (error?: Error) => void): Promise<void> {
    try {
      const pieces: Buffer[] = [];
      for await (const piece of stream as AsyncIterable<Buffer>) pieces.push(piece);
      const raw = Buffer.concat(pieces);
      const mail = await simpleParser(raw, { skipTextToHtml: true });
      const id = mail.headers.get(messageIdHeader);
      const published = typeof id === "string" ? messages.findPublished(id) : undefined;
      messages.add({ raw, message: messageOf(mail, nameAudience), ...(published && { published }) });
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }

  server.on("error", () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  // A single connection keeps the mails in order.
  const transport = createTransport({
    host: "127.0.0.1",
    port,
    secure: false,
    ignoreTLS: true,
    pool: true,
    maxConnections: 1,
    maxMessages: Infinity,
  });
  return { server, transport };
}

function messageOf(mail: ParsedMail, nameAudience: NameAudience): ReceivedMessage {
  const topicArn = mail.headers.get("x-amz-sns-topic-arn");
  const to = Array.isArray(mail.to) ? mail.to[0] : mail.to;
  return {
    channel: "email",
    to: to?.value[0]?.address ?? "",
    audience: nameAudience(typeof topicArn === "string" ? topicArn : ""),
    subject: mail.subject ?? "",
    text: (mail.text ?? "").replaceAll("\r\n", "\n"),
    at: new Date().toISOString(),
  };
}
