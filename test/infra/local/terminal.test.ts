import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printMessage, safeLine, safeText, summariseMessage } from "../../../infra/local/terminal.ts";

describe("text for a terminal", () => {
  test.each([
    ["an escape sequence", "a\u001b[31mred\u001b[0m\u001b]0;title\u0007b", "aredb"],
    ["control characters", "a\u0008\u0000b\u0085c", "a  b c"],
    ["a right-to-left override", "a\u202eb\u202cc", "abc"],
    ["line breaks of Windows", "a\r\nb", "a\nb"],
    ["a lone carriage return that would overwrite", "a\rb", "a b"],
    ["isolates and scripts stay", "\u2068مرحبا\u2069 世界", "\u2068مرحبا\u2069 世界"],
  ])("%s", (_, text, expected) => {
    expect(safeText(text)).toBe(expected);
  });

  test("whatever comes, nothing but text and line feeds is left", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(safeText(text)).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e]/u);
      }),
    );
  });
});

describe("a name in one line", () => {
  test.each([
    ["a\nb\u001b[31mred\u009b.xml", String.raw`a\nb\u001b[31mred\u009b.xml`],
    ["a\u202eb\u2028c", String.raw`a\u202eb\u2028c`],
    [String.raw`C:\new`, String.raw`C:\new`],
    ["快照 \u2068مرحبا\u2069 🛎.md", "快照 \u2068مرحبا\u2069 🛎.md"],
    ["a lone \ud800 surrogate", "a lone \ufffd surrogate"],
  ])("%j", (name, shown) => {
    expect(safeLine(name)).toBe(shown);
  });
});

test("a message reads as its reader sees it", () => {
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
