import { describe, expect, test } from "vitest";
import { addressKey, maskAddress, parseAddress } from "../../../functions/commands/subscribers/address.ts";
import * as fc from "../../support/properties.ts";

const accepted: readonly (readonly [given: string, protocol: string, endpoint: string])[] = [
  ["reader@example.org", "email", "reader@example.org"],
  ["  Reader.Name+news@EXAMPLE.org ", "email", "Reader.Name+news@example.org"],
  ["leser@bücher.example", "email", "leser@xn--bcher-kva.example"],
  ["o'neill@mail.example.co.uk", "email", "o'neill@mail.example.co.uk"],
  ["+12025550123", "sms", "+12025550123"],
  ["+1 (202) 555-0123", "sms", "+12025550123"],
  ["+49 30/5550.123", "sms", "+49305550123"],
  ["https://example.org/hook?a=b", "https", "https://example.org/hook?a=b"],
  ["http://127.0.0.1:8080/", "http", "http://127.0.0.1:8080/"],
  ["arn:aws:sqs:eu-central-1:111122223333:news", "sqs", "arn:aws:sqs:eu-central-1:111122223333:news"],
  [
    "arn:aws-cn:lambda:cn-north-1:111122223333:function:news:live",
    "lambda",
    "arn:aws-cn:lambda:cn-north-1:111122223333:function:news:live",
  ],
];

test.each(accepted)("%j is an address of %s", (given, protocol, endpoint) => {
  expect(parseAddress(given)).toEqual({ address: { protocol, endpoint } });
});

const refused: readonly (readonly [given: string, says: string])[] = [
  ["", "found nothing"],
  ["reader", "expected a mail address, a telephone number"],
  ["reader@example", "a domain after the @"],
  ["reader@-example.org", "a domain after the @"],
  [".reader@example.org", "such as reader@example.org"],
  ["reader..name@example.org", "such as reader@example.org"],
  ["reader name@example.org", "such as reader@example.org"],
  ["a@b@example.org", "such as reader@example.org"],
  ["读者@example.org", "ASCII before the @"],
  [`${"a".repeat(65)}@example.org`, "such as reader@example.org"],
  ["reader\u200b@example.org", "invisible character"],
  ["reader@example.org\nother@example.org", "control or invisible"],
  ["2025550123", "with + and country code"],
  ["0049305550123", "with + and country code"],
  ["+0305550123", "7 to 15 digits"],
  ["+12345", "7 to 15 digits"],
  ["+1234567890123456", "7 to 15 digits"],
  ["https://exa mple.org/", "a URL such as"],
  ["https://", "a URL such as"],
  ["arn:aws:sqs:eu-central-1:111122223333:news.fifo", "FIFO queue"],
  ["arn:aws:firehose:eu-central-1:111122223333:deliverystream/news", "needs a role"],
  ["arn:aws:s3:::bucket", "ARN of an SQS queue"],
];

test.each(refused)("%j is refused: %s", (given, says) => {
  expect(parseAddress(given)).toEqual({ problem: expect.stringContaining(says) as string });
});

test("two spellings of a mail address are one reader", () => {
  const key = (given: string) => {
    const parsed = parseAddress(given);
    return "address" in parsed ? addressKey(parsed.address) : undefined;
  };
  expect(key("Reader@Example.org")).toBe(key("reader@example.ORG"));
  expect(key("https://example.org/A")).not.toBe(key("https://example.org/a"));
});

describe("a masked address", () => {
  test.each([
    ["reader@example.org", "r***@example.org"],
    ["+12025550123", "+12***23"],
    ["https://user:secret@example.org/hook", "https://example.org/***"],
  ])("of %s is %s", (given, masked) => {
    const parsed = parseAddress(given);
    expect("address" in parsed && maskAddress(parsed.address)).toBe(masked);
  });
});

test("an address that was read is read again as the same one", () => {
  fc.assert(
    fc.property(fc.oneof(fc.emailAddress(), fc.webUrl(), fc.string()), (given) => {
      const parsed = parseAddress(given);
      if ("problem" in parsed) return;
      expect(parseAddress(parsed.address.endpoint)).toEqual(parsed);
    }),
  );
});
