import type { AddressInfo } from "node:net";
import { simpleParser, type ParsedMail } from "mailparser";
import { createTransport } from "nodemailer";
import { SMTPServer, type SMTPServerDataStream } from "smtp-server";
import type { Mail } from "../emulators/sns/delivery.ts";
import type { Messages, ReceivedMessage } from "./messages.ts";

/** Mail as it travels: sent over SMTP on the loopback address, received by a server of our own, read by a parser. */
export interface Post {
  /** Resolves when the mail lies in the inbox. */
  send(mail: Mail): Promise<void>;
  close(): Promise<void>;
}

/** In which audience a topic's mail is shown. */
export type NameAudience = (topicArn: string) => string;

export async function openPost(messages: Messages, nameAudience: NameAudience): Promise<Post> {
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    logger: false,
    // Lines of more than 998 bytes and texts beyond ASCII are what is to be looked at, so nothing is refused here.
    onData(stream, _session, done) {
      void receive(stream, messages, nameAudience, done);
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  // One connection, so that mails arrive in the order in which they were accepted.
  const transport = createTransport({
    host: "127.0.0.1",
    port,
    secure: false,
    ignoreTLS: true,
    pool: true,
    maxConnections: 1,
    maxMessages: Infinity,
  });
  return {
    async send({ to, topic, subject, text }) {
      const name = topic.attributes.get("DisplayName") || "AWS Notifications";
      await transport.sendMail({
        from: `"${name.replaceAll(/["\\]/g, "")}" <no-reply@sns.amazonaws.com>`,
        to,
        subject,
        text,
        // Keeps each link on one line of the decoded text, however it is wrapped on the way.
        textEncoding: "quoted-printable",
        headers: { "x-amz-sns-topic-arn": topic.arn },
      });
    },
    async close() {
      transport.close();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function receive(
  stream: SMTPServerDataStream,
  messages: Messages,
  nameAudience: NameAudience,
  done: (error?: Error) => void,
): Promise<void> {
  try {
    const pieces: Buffer[] = [];
    for await (const piece of stream as AsyncIterable<Buffer>) pieces.push(piece);
    const raw = Buffer.concat(pieces);
    messages.add({ raw, message: await readMail(raw, nameAudience) });
    done();
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)));
  }
}

async function readMail(raw: Buffer, nameAudience: NameAudience): Promise<ReceivedMessage> {
  const mail: ParsedMail = await simpleParser(raw, { skipTextToHtml: true });
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
