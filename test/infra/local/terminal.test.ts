import { expect, test } from "vitest";
import { printMessage, summariseMessage } from "../../../infra/local/terminal.ts";

test("formats messages for the terminal", () => {
  const at = "2026-11-20T10:00:00.000Z";
  const mail = {
    channel: "email",
    to: "a@b",
    audience: "alerts",
    subject: "S\u001b[2J",
    text: "T\n",
    at,
  } as const;
  expect(printMessage(mail)).toContain("Mail to a@b · audience alerts\n");
  expect(printMessage(mail)).toContain("Subject: S\n\nT\n");
  const sms = { ...mail, channel: "sms", subject: "", text: "one\ntwo", parts: 2 } as const;
  expect(printMessage(sms)).toContain("SMS to a@b · audience alerts · 2 parts\n");
  expect(summariseMessage(sms)).toBe("SMS  to a@b: one (2 parts)");
});
