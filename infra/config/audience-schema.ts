import type { FirstImport } from "../../functions/core/configuration.ts";
import { languages } from "../../functions/core/message/locales/words.ts";
import { rules } from "./rules-schema.ts";
import { listOf, locale, object, oneOf, text, timeZone, valueOf, wholeNumber } from "./validators.ts";

/** Maximum of `audiences[].messagesPerSecond`. */
export const maxMessagesPerSecond = 300;

const languageNames = languages
  .map((tag) => new Intl.DisplayNames("en", { type: "language", languageDisplay: "standard" }).of(tag))
  .join(", ");

export const slug = text(
  'a slug such as "news" or "city-desk": lower-case letters, digits and single hyphens, at most 40 characters',
  /^(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
);

export const feedSlug = text(
  'a feed\'s slug: ASCII letters, digits, ".", "_" and "-", at most 100',
  /^[\w.-]{1,100}$/,
);

// Ten parts of 153 characters are within the 1,600 that SNS accepts.
const smsParts = wholeNumber("SMS parts", 1, 10);

const sms = object({
  parts: object({
    alert: smsParts.default(2).describe("Maximum SMS parts of an alert."),
    digest: smsParts.default(3).describe("Maximum SMS parts of a digest."),
  }).prefault({}),
  maxParts: object({
    alert: smsParts.exactOptional().meta({
      description: "Maximum SMS parts of an alert that would otherwise show less than half of its title.",
      unset: "`sms.parts.alert`",
    }),
    digest: smsParts.exactOptional().meta({
      description: "The same for a digest with one entry, which is written like an alert.",
      unset: "`sms.parts.digest`",
    }),
  }).prefault({}),
  fold: oneOf("auto", "never")
    .default("auto")
    .describe(
      "`auto`: accents are removed, as is customary in the language, where the SMS would show less with them. `never`: letters stay.",
    ),
  stopNote: oneOf("never", "fits").exactOptional().meta({
    description:
      "`fits`: an SMS that has room for it ends with “Reply STOP to end”, in the audience's language. Only for numbers that can receive answers.",
    unset: "`never`",
  }),
  type: oneOf("Promotional", "Transactional").exactOptional().meta({
    description: "`Transactional`: operators deliver with priority.",
    unset: "setting of the account",
  }),
  senderId: text(
    'a sender of 3 to 11 ASCII letters, digits and hyphens with at least one letter, such as "CITYNEWS"',
    /^(?=.*[A-Za-z])[A-Za-z0-9-]{3,11}$/,
  )
    .exactOptional()
    .describe("Name that telephones show as the sender, in countries that allow it."),
  originationNumber: text('a number in the form of E.164, such as "+12025550123"', /^\+[1-9]\d{4,14}$/)
    .exactOptional()
    .describe("Registered number from which SMS are sent. The United States require one."),
  maxPrice: valueOf<number>(
    "a price in US dollars from 0.00001 to 10",
    (value) => typeof value === "number" && value >= 0.000_01 && value <= 10,
    { json: { type: "number", minimum: 0.000_01, maximum: 10 } },
  )
    .exactOptional()
    .describe("An SMS that costs more is not sent."),
  entityId: text("the id of a registered sender: 1 to 50 digits", /^\d{1,50}$/)
    .exactOptional()
    .describe("Id of the sender that India requires."),
  templateId: text("the id of a registered template: 1 to 50 digits", /^\d{1,50}$/)
    .exactOptional()
    .describe("Id of the template that India requires."),
  countries: listOf("a list of countries", text('a country code of ISO 3166-1, such as "US"', /^[A-Z]{2}$/))
    .exactOptional()
    .describe(
      "Countries of the readers' telephone numbers. Synthesis warns if one requires a registration that is missing here.",
    ),
  maxPartsPerDay: wholeNumber("SMS parts", 1, 100_000)
    .exactOptional()
    .describe("Maximum SMS parts per telephone on one day (UTC)."),
  overLimit: oneOf("mail", "hold").exactOptional().meta({
    description:
      "Beyond `maxPartsPerDay`, `mail`: messages are sent without SMS. `hold`: they wait for the next day; a message with more parts than that is sent without SMS.",
    unset: "`mail`",
  }),
});

const firstImports = /^(?:digest|silent|newest (?:[1-9]\d{0,2}|1000))$/;

const audience = object({
  name: slug.describe("Name of the audience. Its topic is `<stackName>-<name>`."),
  rename: slug
    .exactOptional()
    .describe(
      "An earlier name: the audience keeps the topic `<stackName>-<rename>` with its readers. See [Rename an audience](#rename-an-audience).",
    ),
  mode: oneOf("alerts", "digest").describe(
    "`alerts`: one message per new entry, at once. `digest`: several entries in one message.",
  ),
  schedule: text("a schedule of at most 256 characters", /^.{1,256}$/su)
    .exactOptional()
    .meta({
      description:
        "When a digest is sent: see [Schedules](#schedules). `upload` is one digest per snapshot. Only in mode `digest`.",
      unset: "`upload`",
    }),
  minItems: wholeNumber("entries", 1, 500)
    .default(1)
    .describe("A scheduled digest with fewer entries waits for the next slot."),
  maxWaitDays: wholeNumber("days", 1, 14)
    .default(7)
    .describe("After this time a scheduled digest is sent with fewer entries than `minItems`."),
  quietHours: text(
    'two different times of day, such as "22:00-07:00"',
    /^(?!(.{5})-\1$)(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d$/,
  )
    .exactOptional()
    .describe("Alerts of these hours wait and are sent as one digest at their end. Only in mode `alerts`."),
  maxPerHour: wholeNumber("alerts", 1, 1_000)
    .exactOptional()
    .describe(
      "Maximum alerts within an hour; further entries are sent as one digest at the next full hour. Only in mode `alerts`.",
    ),
  firstImport: valueOf<FirstImport>(
    'one of "digest", "silent" and "newest N" with N from 1 to 1000',
    (value) => typeof value === "string" && firstImports.test(value),
    { json: { type: "string", pattern: firstImports.source } },
  )
    .default("digest")
    .describe(
      "What is sent of a feed's first snapshot: one digest of all entries if there are more than three; nothing; the newest N entries only.",
    ),
  locale: locale.exactOptional().meta({
    description: `Wording (${languageNames}) and date format. Other languages get English wording and their own dates.`,
    unset: "`locale`",
  }),
  timeZone: timeZone
    .exactOptional()
    .meta({ description: "Time zone of dates in messages.", unset: "`timeZone`" }),
  displayName: text('1 to 100 ASCII letters, digits, spaces, "-" and "_"', /^[\w -]{1,100}$/)
    .exactOptional()
    .describe("Sender name of mails. SNS also puts it before each SMS (`NEWS> `), where it uses space."),
  sms: sms.prefault({}),
  digestItems: wholeNumber("entries", 1, 500)
    .default(50)
    .describe("Maximum entries in a digest; it counts the rest."),
  order: oneOf("newest", "feed", "importance")
    .default("newest")
    .describe(
      "Order of a digest: newest first; by feed, newest first in each; or by importance: how many feeds report it, its place in its feed, and how new it is. Sponsored posts and cartoons are last.",
    ),
  stories: oneOf("merge", "separate")
    .default("merge")
    .describe(
      '`merge`: reports of one event from several feeds are one entry of a digest, with the others in its line "Also"; copies of one text also share an alert. `separate`: each is an entry.',
    ),
  preferredFeeds: listOf("a list of feeds' slugs", feedSlug).default([]).meta({
    description:
      "Whose report of an event is shown, most preferred first; otherwise the fullest one, then the earliest.",
    unset: "none",
  }),
  maxAlerts: wholeNumber("entries", 1, 1_000)
    .default(10)
    .describe("Maximum alerts per snapshot; the rest is in one closing message."),
  messages: object({
    maxPerDay: wholeNumber("messages", 1, 1_000_000)
      .exactOptional()
      .describe(
        "Maximum messages on one day (UTC); the others wait for the next day, and an alarm is raised.",
      ),
  }).exactOptional(),
  messagesPerSecond: wholeNumber("messages a second", 1, maxMessagesPerSecond)
    .default(8)
    .describe(
      "Maximum messages a second to the topic. SNS suspends an email subscription above 10; raise it only for audiences without mail readers.",
    ),
  rules: rules.prefault({}),
});

/** `audiences`. */
export const audiences = listOf("a list of at least one audience", audience);
