import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "../../support/properties.ts";
import { SegmentedMessage } from "sms-segments-calculator";
import { expect, test } from "vitest";
import type { Audience } from "../../../functions/core/configuration.ts";
import {
  composeAlert,
  composeDigest,
  messageBytes,
  smsPrefix,
} from "../../../functions/core/message/index.ts";
import { languages, wordsFor } from "../../../functions/core/message/locales/words.ts";
import type { Alert, Message } from "../../../functions/core/message/message.ts";
import { asciiLink, shownLink } from "../../../functions/core/message/headline.ts";
import { isUntitled } from "../../../functions/core/message/names.ts";
import { alert, audience, source, text } from "../../support/arbitrary-messages.ts";
import { startCpuTimer } from "../../support/cpu-time.ts";

const schema = JSON.parse(
  readFileSync(
    new URL("../../../functions/core/message/machine/machine.schema.json", import.meta.url),
    "utf8",
  ),
) as object;
const validate = new Ajv2020({ strictTypes: false, strictRequired: false }).compile(schema);

/** Runs of each property; `PROPERTY_RUNS` makes them longer. */
const numRuns = Number(process.env.PROPERTY_RUNS ?? 250);

const control = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/u;
const override = /[\u202A-\u202E]/u;

/** Direction isolates are closed in the line that opens them, and none is closed that was not opened. */
function balanced(line: string): boolean {
  let depth = 0;
  for (const character of line) {
    if (/[\u2066-\u2068]/u.test(character)) depth += 1;
    if (character === "\u2069") depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** Checks that hold for every message. */
function checkMessage(message: Message, audience: Audience, budget: number): void {
  const { subject, email, sms, machine } = message;
  expect(subject).not.toBe("");
  expect(subject.length).toBeLessThan(100);
  expect(subject).not.toMatch(control);
  expect(subject).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/u);
  expect(subject).toBe(subject.trim());

  for (const body of [email, sms.text]) {
    expect(body.replaceAll("\n", "")).not.toMatch(control);
    expect(body).not.toMatch(override);
  }
  expect(email.endsWith("\n")).toBe(true);
  for (const line of email.split("\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(998);
  expect(email.split("\n").every(balanced)).toBe(true);
  expect(sms.text).not.toMatch(/[\u2066-\u2069]/u);

  const sent = smsPrefix(audience.displayName) + sms.text;
  const other = new SegmentedMessage(sent);
  expect({ encoding: sms.encoding, parts: sms.parts }).toEqual({
    encoding: other.encodingName,
    parts: other.segmentsCount,
  });
  expect(sms.text).not.toBe("");
  expect(sms.parts).toBeLessThanOrEqual(budget);
  expect(sent.length).toBeLessThanOrEqual(1_600);
  expect(sms.forcing.length === 0).toBe(sms.encoding === "GSM-7");

  expect(validate(JSON.parse(machine)) ? [] : validate.errors).toEqual([]);
  expect(machine).not.toMatch(control);
  expect(message.bytes).toBe(messageBytes(message));
  expect(message.bytes).toBeLessThanOrEqual(262_144);
  for (const each of [email, sms.text, machine]) expect(each.isWellFormed()).toBe(true);
  for (const value of Object.values(message.attributes).flat()) expect(value).toMatch(/^[!-~]+$/);
}

/** The note about an omitted link, in every language. */
const omitted = new Set(languages.map((tag) => wordsFor(tag).linkOmitted));

/** The lines of a mail, the note about an omitted link in English. */
const linesOf = ({ email }: Message): readonly string[] =>
  email.split("\n").map((line) => (omitted.has(line) ? wordsFor("en").linkOmitted : line));

/** A link as a line of a mail: whole, or left out because it does not fit. */
function inMail(link: string): string {
  const shown = shownLink(link) ?? "";
  return Buffer.byteLength(shown) > 998 ? wordsFor("en").linkOmitted : shown;
}

/** The link is whole on a line of its own in the mail, and in the SMS unless the SMS says that it was left out. */
function linked(message: Message, entry: Alert): void {
  if (entry.link === undefined) return;
  expect(linesOf(message)).toContain(inMail(entry.link));
  const lines = message.sms.text.split("\n");
  const forms = new Set([shownLink(entry.link), asciiLink(entry.link)]);
  const hasLink = lines.some((line) => forms.has(line));
  expect(hasLink).toBe(!message.sms.omissions.includes("link omitted"));
  const pieces = lines.filter((line) => line.startsWith(entry.link?.slice(0, 20) ?? ""));
  expect(pieces.every((line) => hasLink && forms.has(line))).toBe(true);
}

test("every entry's message fits every channel and keeps its link", () => {
  fc.assert(
    fc.property(alert, audience, (entry, readers) => {
      const message = composeAlert(entry, readers);
      checkMessage(message, readers, readers.sms.maxParts.alert);
      linked(message, entry);
      expect(message.keys).toEqual([entry.key]);
    }),
    { numRuns },
  );
});

test("every digest's messages fit every channel, show each entry once and keep its link", () => {
  const shown = fc.array(alert, { maxLength: 12 });
  fc.assert(
    fc.property(
      fc.record({ shown, more: fc.nat(100_000), before: fc.nat(20), source }),
      audience,
      (digest, readers) => {
        const { shown: entries, more } = digest;
        const messages = composeDigest(digest, readers);
        expect(messages.length > 0).toBe(entries.length > 0 || more > 0);
        for (const message of messages) {
          checkMessage(message, readers, readers.sms.maxParts.digest);
          const lines = linesOf(message);
          const ownLinks = entries
            .filter((entry) => message.keys.includes(entry.key))
            .flatMap((entry) => entry.link ?? []);
          for (const link of ownLinks) expect(lines).toContain(inMail(link));
        }
        expect(messages.flatMap((message) => message.keys).sort()).toEqual(
          entries.map((entry) => entry.key).sort(),
        );
        expect(messages.reduce((sum, message) => sum + message.more, 0)).toBe(more);
      },
    ),
    { numRuns: Math.ceil(numRuns / 4) },
  );
});

test("the sources and links of other reports are whole lines of the mail", () => {
  fc.assert(
    fc.property(alert, fc.array(alert, { minLength: 1, maxLength: 4 }), audience, (entry, also, readers) => {
      const { email } = composeAlert({ ...entry, also }, readers);
      const lines = email.split("\n");
      for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(998);
      expect(lines.every(balanced)).toBe(true);
      const links = also.flatMap(({ link }) => (link === undefined ? [] : (shownLink(link) ?? [])));
      const fitting = links.filter((link) => Buffer.byteLength(link) <= 998);
      for (const link of fitting) expect(lines).toContain(link);
    }),
    { numRuns: Math.ceil(numRuns / 4) },
  );
});

test("composing is pure: the same entry gives the same message", () => {
  fc.assert(
    fc.property(alert, audience, (entry, readers) => {
      expect(composeAlert(structuredClone(entry), readers)).toEqual(composeAlert(entry, readers));
    }),
    { numRuns: Math.ceil(numRuns / 5) },
  );
});

test("our own words do not depend on the text of a feed: replacing a text changes only that text", () => {
  fc.assert(
    fc.property(audience, fc.stringMatching(/^[A-Za-z0-9{}$%&\\<>]{1,40}$/), (readers, word) => {
      const compose = (title: string, summary: string): string =>
        composeAlert(
          {
            key: "k",
            source: { slug: "s", title: "S" },
            title,
            summary,
            dateSource: "missing",
            authors: [],
            categories: [],
          },
          readers,
        ).email;
      const mail = compose("QQQQ", "ZZZZ");
      expect(compose(`QQQQ${word}`, "ZZZZ")).toBe(mail.split("QQQQ").join(`QQQQ${word}`));
      expect(compose("QQQQ", `ZZZZ${word}`)).toBe(mail.split("ZZZZ").join(`ZZZZ${word}`));
    }),
    { numRuns },
  );
});

test("a title that fits is unchanged in the mail", () => {
  fc.assert(
    fc.property(
      alert,
      audience,
      fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 85 }),
      (entry, readers, raw) => {
        const title = raw.replace(/ +/g, " ").trim();
        fc.pre(title !== "" && !isUntitled(title));
        expect(composeAlert({ ...entry, title }, readers).email).toContain(title);
      },
    ),
    { numRuns },
  );
});

test("a hundred thousand characters of the worst text are handled in time", () => {
  fc.assert(
    fc.property(alert, text(1), (entry, piece) => {
      const long = (piece === "" ? "x" : piece).repeat(Math.ceil(100_000 / Math.max(1, piece.length)));
      const elapsed = startCpuTimer();
      composeAlert(
        { ...entry, title: long, summary: long, authors: [long] },
        { ...readers, sms: { ...readers.sms, parts: { alert: 10, digest: 10 } } },
      );
      expect(elapsed()).toBeLessThan(5_000);
    }),
    { numRuns: 25 },
  );
});

const readers: Audience = {
  name: "readers",
  mode: "alerts",
  locale: "en",
  timeZone: "UTC",
  sms: { parts: { alert: 2, digest: 3 }, maxParts: { alert: 2, digest: 3 }, fold: "auto" },
  digestItems: 50,
  order: "newest",
  stories: "merge",
  preferredFeeds: [],
  maxAlerts: 10,
  minItems: 1,
  maxWaitDays: 7,
  firstImport: "digest",
  messagesPerSecond: 8,
  rules: {},
};
