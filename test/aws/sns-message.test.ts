import * as fc from "../support/properties.ts";
import { expect, test } from "vitest";
import { channelTexts } from "../../functions/core/message/channel-texts.ts";
import { snsAttributes, snsMessage } from "../../functions/aws/sns-message.ts";
import { smsAttributeBytes } from "../../functions/core/message/channel-limits.ts";
import { composeAlert, composeDigest, messageBytes } from "../../functions/core/message/index.ts";
import { alert, audience, source } from "../support/arbitrary-messages.ts";
import { bridge, digestOf, ferry, gazette, london, tideGate } from "../support/sample-messages.ts";

test("the published text has the mail, the SMS and, once, the machine-readable variant", () => {
  const message = composeAlert(tideGate, london);
  expect(JSON.parse(snsMessage(channelTexts(message)))).toEqual({
    default: message.machine,
    email: message.email,
    sms: message.sms.text,
  });
});

test("an attribute is a string, or an array of strings", () => {
  expect(snsAttributes(composeAlert(tideGate, london))).toEqual({
    feed: { DataType: "String", StringValue: "gazette" },
    audience: { DataType: "String", StringValue: "alerts" },
    kind: { DataType: "String", StringValue: "alert" },
    language: { DataType: "String", StringValue: "en" },
  });
  const [digest] = composeDigest(
    { shown: [bridge, ferry], more: 0, before: 0, source: gazette },
    digestOf(london),
  );
  expect(digest && snsAttributes(digest)["feed"]).toEqual({
    DataType: "String.Array",
    StringValue: '["deng","gazette"]',
  });
});

test("the settings for SMS are attributes that SNS reads", () => {
  const settings = {
    type: "Transactional",
    senderId: "CITYNEWS",
    originationNumber: "+12025550123",
    maxPrice: 0.5,
    entityId: "1",
    templateId: "2",
  } as const;
  const { attributes } = composeAlert(tideGate, london);
  const forSms = (withoutSms?: true) => {
    const all = snsAttributes({ attributes, ...(withoutSms && { withoutSms }) }, settings);
    return Object.fromEntries(
      Object.entries(all)
        .filter(([name]) => name.startsWith("AWS."))
        .map(([name, { StringValue }]) => [name, StringValue]),
    );
  };
  const usual = {
    "AWS.SNS.SMS.SMSType": "Transactional",
    "AWS.SNS.SMS.SenderID": "CITYNEWS",
    "AWS.MM.SMS.OriginationNumber": "+12025550123",
    "AWS.MM.SMS.EntityId": "1",
    "AWS.MM.SMS.TemplateId": "2",
  };
  expect(forSms()).toEqual({ ...usual, "AWS.SNS.SMS.MaxPrice": "0.50000" });
  expect(forSms(true)).toEqual({ ...usual, "AWS.SNS.SMS.MaxPrice": "0.00001" });
  expect(snsAttributes({ attributes }, {})).toEqual(snsAttributes({ attributes }));
});

test("the attributes for SMS are ten with the others, and within the bytes that are kept for them", () => {
  const longest = {
    type: "Transactional",
    senderId: "x".repeat(11),
    originationNumber: `+${"1".repeat(15)}`,
    maxPrice: 10,
    entityId: "1".repeat(50),
    templateId: "1".repeat(50),
  } as const;
  const { attributes } = composeAlert(tideGate, london);
  const all = Object.entries(snsAttributes({ attributes }, longest));
  expect(all).toHaveLength(10);
  const added = all.filter(([name]) => name.startsWith("AWS."));
  const bytes = added
    .map(([name, { DataType, StringValue }]) => name + DataType + StringValue)
    .join("").length;
  expect(bytes).toBeLessThanOrEqual(smsAttributeBytes);
});

/**
 * SNS counts the message and 'all parts of the message attribute, including name, type, and value' (Amazon SNS API
 * Reference, Publish and MessageAttributeValue). The subject is counted as well, although no document says so.
 */
function publishedBytes(message: Parameters<typeof messageBytes>[0]): number {
  const attributes = Object.entries(snsAttributes(message))
    .map(([name, { DataType, StringValue }]) => name + DataType + StringValue)
    .join("");
  return Buffer.byteLength(snsMessage(channelTexts(message)) + message.subject + attributes);
}

test("a published message has no more bytes than the core counts, and few less", () => {
  fc.assert(
    fc.property(fc.array(alert, { maxLength: 4 }), alert, audience, source, (shown, one, readers, feed) => {
      const digest = { shown, more: 3, before: 0, source: feed };
      for (const message of [composeAlert(one, readers), ...composeDigest(digest, readers)]) {
        const published = publishedBytes(message);
        expect(message.bytes).toBeGreaterThanOrEqual(published);
        expect(message.bytes - published).toBeLessThan(50);
      }
    }),
    { numRuns: 100 },
  );
});

test("characters of several bytes, quotation marks and arrays are counted", () => {
  const message = {
    email: "é",
    sms: { text: "文", encoding: "UCS-2", parts: 1, forcing: [], omissions: [], candidates: [] },
    machine: '{"a":1}',
    attributes: { feed: ["a", "b"], kind: "digest" },
    subject: "ü",
  } as const;
  const published =
    '{"default":"{\\"a\\":1}","email":"é","sms":"文"}feedString.Array["a","b"]kindStringdigestü';
  expect(publishedBytes(message)).toBe(Buffer.byteLength(published));
  expect(messageBytes(message)).toBeGreaterThanOrEqual(publishedBytes(message));
});
