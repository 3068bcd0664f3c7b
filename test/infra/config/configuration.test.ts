import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, constantFrom, jsonValue, property } from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { defaultLimits } from "../../../functions/core/feed/limits.ts";
import { defaults, parseConfiguration, readConfiguration } from "../../../infra/config/configuration.ts";
import { ConfigurationError } from "../../../infra/config/mistakes.ts";
import { folder } from "../../support/synthesized.ts";

/** The lines of the error message for an invalid configuration. */
function mistakes(feedbell: unknown): readonly string[] {
  try {
    parseConfiguration(feedbell);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes;
    throw error;
  }
  throw new Error(`expected a mistake in ${JSON.stringify(feedbell)}`);
}

const each = { name: "alerts", mode: "alerts" };
const audience = (change: object) => ({ audiences: [{ ...each, ...change }] });

describe("a missing value", () => {
  it("gets its default: two audiences, English, UTC", () => {
    expect(defaults).toMatchObject({
      timeoutSeconds: 120,
      ledgerDays: 60,
      retryHours: 72,
      maxRetrySeconds: 900,
      silentPeriods: 5,
      feeds: {},
      deployment: { adopt: { topics: [] } },
    });
    const rest = {
      locale: "en",
      timeZone: "UTC",
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
    const parts = { alert: 2, digest: 3 };
    const sms = { parts, maxParts: parts, fold: "auto" };
    expect(defaults.audiences).toEqual([
      { name: "alerts", mode: "alerts", sms, ...rest },
      { name: "digest", mode: "digest", schedule: "upload", sms, ...rest },
    ]);
    expect(parseConfiguration(undefined)).toEqual(defaults);
  });

  it("of sms.maxParts is the value of sms.parts", () => {
    const { audiences } = parseConfiguration(
      audience({ sms: { parts: { alert: 1 }, maxParts: { digest: 5 } } }),
    );
    expect(audiences[0]?.sms).toEqual({
      parts: { alert: 1, digest: 3 },
      maxParts: { alert: 1, digest: 5 },
      fold: "auto",
    });
  });

  it("of an audience is the common locale or time zone", () => {
    const { audiences } = parseConfiguration({
      locale: "zh-CN",
      timeZone: "Asia/Shanghai",
      audiences: [each, { name: "abroad", mode: "digest", locale: "de", timeZone: "Europe/Berlin" }],
    });
    expect(audiences).toMatchObject([
      { name: "alerts", locale: "zh-CN", timeZone: "Asia/Shanghai" },
      { name: "abroad", locale: "de", timeZone: "Europe/Berlin" },
    ]);
  });

  it("of the limits is the reader's default; the reading time ends before the function's time-out", () => {
    const { milliseconds, ...others } = defaultLimits;
    const { limits } = parseConfiguration({ timeoutSeconds: 100, limits: { depth: 7 } });
    expect(limits).toEqual({ ...others, depth: 7, milliseconds: 50_000 });
    expect(parseConfiguration({ timeoutSeconds: 900 }).limits.milliseconds).toBeLessThanOrEqual(milliseconds);
    expect(
      parseConfiguration({ timeoutSeconds: 1 }, { minTimeoutSeconds: 1 }).limits.milliseconds,
      "a slow machine is no reason to quarantine",
    ).toBe(5_000);
  });
});

/** Rules in rules; `depth`: how many objects. */
const nestedRules = (depth: number): object =>
  depth === 1 ? { include: ["a"] } : { not: nestedRules(depth - 1) };

it("reports each mistake once, and one mistake of a setting", () => {
  const found = mistakes({ ledgerDays: 10, maxRetrySeconds: 0, timeoutSeconds: 0 });
  const paths = found.map((line) => line.split(":")[0]);
  expect(paths.toSorted((a = "", b = "") => (a < b ? -1 : 1))).toEqual([
    "feedbell.ledgerDays",
    "feedbell.maxRetrySeconds",
    "feedbell.timeoutSeconds",
  ]);
});

it("accepts rules that are nested 10 deep", () => {
  const rules = nestedRules(10);
  expect(parseConfiguration(audience({ rules })).audiences[0]?.rules).toEqual(rules);
});

describe("a mistake", () => {
  it.each<[unknown, string]>([
    [
      3,
      "feedbell: found 3; expected an object with audiences, locale, timeZone, feeds, limits, timeoutSeconds, ledgerDays, retryHours, maxRetrySeconds, silentPeriods, smsPartPrice, deployment",
    ],
    [null, "feedbell: found null; expected an object with audiences,"],
    [{ audiences: [] }, "feedbell.audiences: found []; expected a list of at least one audience"],
    [{ audiences: "alerts" }, 'feedbell.audiences: found "alerts"; expected a list of at least one audience'],
    [
      { audiences: [{ mode: "alerts" }] },
      "feedbell.audiences[0].name: found nothing; expected a slug such as",
    ],
    [
      { audiences: [{ name: "a" }] },
      'feedbell.audiences[0].mode: found nothing; expected one of "alerts", "digest"',
    ],
    [
      audience({ mode: "weekly" }),
      'feedbell.audiences[0].mode: found "weekly"; expected one of "alerts", "digest"',
    ],
    [
      audience({ mode: "digests" }),
      'feedbell.audiences[0].mode: found "digests"; expected one of "alerts", "digest"; did you mean digest?',
    ],
    [
      { timeZone: "Asia/Shangai" },
      'feedbell.timeZone: found "Asia/Shangai"; expected a time zone of the IANA database, such as "Asia/Shanghai"; did you mean Asia/Shanghai?',
    ],
    [audience({ name: "News" }), 'feedbell.audiences[0].name: found "News"; expected a slug such as'],
    [
      audience({ stories: "merged" }),
      'feedbell.audiences[0].stories: found "merged"; expected one of "merge", "separate"; did you mean merge?',
    ],
    [
      audience({ preferredFeeds: "voa" }),
      'feedbell.audiences[0].preferredFeeds: found "voa"; expected a list of feeds',
    ],
    [
      audience({ sms: { senderId: "a name that is too long" } }),
      'feedbell.audiences[0].sms.senderId: found "a name that is too long"; expected a sender of 3 to 11',
    ],
    [
      audience({ sms: { originationNumber: "2025550123" } }),
      'feedbell.audiences[0].sms.originationNumber: found "2025550123"; expected a number in the form of E.164',
    ],
    [
      audience({ messages: { maxPerDay: 0 } }),
      "feedbell.audiences[0].messages.maxPerDay: found 0; expected a whole number of messages from 1",
    ],
    [
      audience({ rules: { matches: ["ferry", "["] } }),
      'feedbell.audiences[0].rules.matches[1]: found "["; expected a regular expression in the syntax of RE2',
    ],
    [
      audience({ rules: { matches: ["(a{1,100}){1,100}"] } }),
      'feedbell.audiences[0].rules.matches[0]: found "(a{1,100}){1,100}"; expected a regular expression',
    ],
    [
      audience({ rules: { any: [{ include: ["a"] }, { not: { matches: ["(?<=a)b"] } }] } }),
      'feedbell.audiences[0].rules.any[1].not.matches[0]: found "(?<=a)b"; expected a regular expression',
    ],
    [
      audience({ rules: { not: {} } }),
      "feedbell.audiences[0].rules.not: found {}; expected an object with at least one rule",
    ],
    [
      audience({ rules: { all: [{ in: "title" }] } }),
      'feedbell.audiences[0].rules.all[0]: found {"in":"title"}; expected an object with at least one rule',
    ],
    [
      audience({ rules: { any: [{ inclde: ["a"] }] } }),
      "feedbell.audiences[0].rules.any[0].inclde: unknown key; did you mean include?",
    ],
    [
      audience({ rules: { hosts: ["https://example.org/"] } }),
      'feedbell.audiences[0].rules.hosts[0]: found "https://example.org/"; expected a host without scheme and path',
    ],
    [audience({ rules: nestedRules(11) }), "expected rules that are nested at most 10 deep"],
    [audience({ name: "新闻" }), 'feedbell.audiences[0].name: found "新闻"; expected a slug such as'],
    [audience({ name: "a".repeat(41) }), "feedbell.audiences[0].name: found"],
    [audience({ name: "a--b" }), 'feedbell.audiences[0].name: found "a--b"; expected a slug'],
    [
      audience({ timeZone: "Europe/Berln" }),
      'feedbell.audiences[0].timeZone: found "Europe/Berln"; expected a time zone of the IANA database',
    ],
    [
      audience({ timeZone: "+08:00" }),
      'feedbell.audiences[0].timeZone: found "+08:00"; expected a time zone of the IANA database',
    ],
    [
      audience({ locale: "english" }),
      'feedbell.audiences[0].locale: found "english"; expected a BCP 47 language tag',
    ],
    [
      audience({ locale: "en_US" }),
      'feedbell.audiences[0].locale: found "en_US"; expected a BCP 47 language tag',
    ],
    [
      audience({ displayName: "" }),
      'feedbell.audiences[0].displayName: found ""; expected 1 to 100 ASCII letters',
    ],
    [
      audience({ displayName: "a\nb" }),
      'feedbell.audiences[0].displayName: found "a\\nb"; expected 1 to 100 ASCII letters',
    ],
    [
      audience({ sms: { parts: { alert: 11 } } }),
      "feedbell.audiences[0].sms.parts.alert: found 11; expected a whole number of SMS parts from 1 to 10",
    ],
    [
      audience({ digestItems: 0 }),
      "feedbell.audiences[0].digestItems: found 0; expected a whole number of entries from 1 to 500",
    ],
    [
      audience({ order: "oldest" }),
      'feedbell.audiences[0].order: found "oldest"; expected one of "newest", "feed", "importance"',
    ],
    [
      audience({ maxAlerts: "10" }),
      'feedbell.audiences[0].maxAlerts: found "10"; expected a whole number of entries from 1 to 1000',
    ],
    [
      audience({ rules: { include: [] } }),
      "feedbell.audiences[0].rules.include: found []; expected a list of words",
    ],
    [
      audience({ rules: { include: ["  "] } }),
      'feedbell.audiences[0].rules.include[0]: found "  "; expected a word or phrase',
    ],
    [
      audience({ rules: { languages: ["zh-CN"] } }),
      'feedbell.audiences[0].rules.languages[0]: found "zh-CN"; expected a language without region',
    ],
    [
      { timeZone: "Mars/Olympus" },
      'feedbell.timeZone: found "Mars/Olympus"; expected a time zone of the IANA database',
    ],
    [{ locale: 1 }, "feedbell.locale: found 1; expected a BCP 47 language tag"],
    [{ feeds: { "a b": {} } }, 'feedbell.feeds["a b"]: found "a b"; expected a feed\'s slug'],
    [
      { feeds: { voa: { updates: "always" } } },
      'feedbell.feeds.voa.updates: found "always"; expected one of "ignore", "mark", "resend"',
    ],
    [
      { feeds: { "a.b": { title: "x\ny" } } },
      'feedbell.feeds["a.b"].title: found "x\\ny"; expected a title of at most 200 characters on one line',
    ],
    [
      { limits: { depth: 0 } },
      "feedbell.limits.depth: found 0; expected a whole number of elements from 1 to 100000",
    ],
    [
      { timeoutSeconds: 0 },
      "feedbell.timeoutSeconds: found 0; expected a whole number of seconds from 1 to 900",
    ],
    [
      { timeoutSeconds: 901 },
      "feedbell.timeoutSeconds: found 901; expected a whole number of seconds from 1 to 900",
    ],
    [{ timeoutSeconds: 1.5 }, "feedbell.timeoutSeconds: found 1.5; expected a whole number of seconds"],
    [{ smsPartPrice: -1 }, "feedbell.smsPartPrice: found -1; expected a price in US dollars from 0 to 10"],
    [
      { deployment: { stackName: "1st" } },
      'feedbell.deployment.stackName: found "1st"; expected 1 to 100 ASCII letters',
    ],
    [
      { deployment: { maximumConcurrency: 1 } },
      "feedbell.deployment.maximumConcurrency: found 1; expected a whole number of invocations from 2 to 1000",
    ],
    [{ deployment: { maximumConcurrency: 1001 } }, "feedbell.deployment.maximumConcurrency: found 1001"],
    [
      audience({ sms: { fold: true } }),
      'feedbell.audiences[0].sms.fold: found true; expected one of "auto", "never"',
    ],
    [
      audience({ smsParts: { alert: 1 } }),
      'feedbell.audiences[0].smsParts: was renamed: write "sms": { "parts": { "alert": 2, "digest": 3 } }',
    ],
    [
      { deployment: { batchSize: 5 } },
      "feedbell.deployment.batchSize: was removed: each invocation reads one snapshot, so that a snapshot that crashes it delays no other",
    ],
    [audience({ burst: 5 }), "feedbell.audiences[0].burst: was renamed: write maxAlerts"],
    [
      audience({ cadence: "each" }),
      'feedbell.audiences[0].cadence: was replaced: write "mode": "alerts" instead of "each", and "mode": "digest", "schedule": "upload" instead of "upload"',
    ],
    [
      audience({ minItems: 0 }),
      "feedbell.audiences[0].minItems: found 0; expected a whole number of entries from 1 to 500",
    ],
    [
      audience({ maxWaitDays: 15 }),
      "feedbell.audiences[0].maxWaitDays: found 15; expected a whole number of days from 1 to 14",
    ],
    [
      audience({ quietHours: "22:00-7:00" }),
      'feedbell.audiences[0].quietHours: found "22:00-7:00"; expected two different times of day',
    ],
    [
      audience({ quietHours: "22:00-22:00" }),
      'feedbell.audiences[0].quietHours: found "22:00-22:00"; expected two different times of day',
    ],
    [
      audience({ maxPerHour: 0 }),
      "feedbell.audiences[0].maxPerHour: found 0; expected a whole number of alerts from 1 to 1000",
    ],
    [
      audience({ firstImport: "newest 0" }),
      'feedbell.audiences[0].firstImport: found "newest 0"; expected one of "digest", "silent" and "newest N"',
    ],
    [
      audience({ messagesPerSecond: 0 }),
      "feedbell.audiences[0].messagesPerSecond: found 0; expected a whole number of messages a second from 1 to 300",
    ],
    [audience({ messagesPerSecond: 301 }), "feedbell.audiences[0].messagesPerSecond: found 301; expected"],
    [{ retryHours: 0 }, "feedbell.retryHours: found 0; expected a whole number of hours from 1 to 240"],
    [
      { deployment: { adopt: { bucket: "arn:aws:s3:::old" } } },
      'feedbell.deployment.adopt.bucket: found "arn:aws:s3:::old"; expected the name of an S3 bucket',
    ],
    [
      { deployment: { adopt: { table: "a b" } } },
      'feedbell.deployment.adopt.table: found "a b"; expected the name of a DynamoDB table',
    ],
    [
      { deployment: { adopt: { topics: "alerts" } } },
      'feedbell.deployment.adopt.topics: found "alerts"; expected a list of names of audiences',
    ],
    [
      { deployment: { adopt: { topic: ["alerts"] } } },
      "feedbell.deployment.adopt.topic: unknown key; did you mean topics?",
    ],
    [
      { deployment: { memory: { deliver: 64 } } },
      "feedbell.deployment.memory.deliver: found 64; expected a whole number of megabytes from 128 to 10240",
    ],
    [
      { deployment: { memoryMegabytes: 512 } },
      'feedbell.deployment.memoryMegabytes: was replaced: write "memory": { "ingest": 1024,',
    ],
    [
      { deployment: { logDays: 2 } },
      "feedbell.deployment.logDays: found 2; expected one of the days 1, 3, 5, 7,",
    ],
    [{ deployment: { tracing: "yes" } }, 'feedbell.deployment.tracing: found "yes"; expected true or false'],
    [
      { deployment: { alarmTopicArn: "operators" } },
      'feedbell.deployment.alarmTopicArn: found "operators"; expected the ARN of an SNS topic',
    ],
    [
      { deployment: { operators: ["reader@localhost"] } },
      'feedbell.deployment.operators[0]: found "reader@localhost"; expected a mail address',
    ],
    [
      { deployment: { operators: ["http://h.example/alarms"] } },
      'feedbell.deployment.operators[0]: found "http://h.example/alarms"; expected a mail address',
    ],
    [
      { deployment: { alarms: { hoursWithoutUpload: 200 } } },
      "feedbell.deployment.alarms.hoursWithoutUpload: found 200; expected a whole number of hours from 1 to 168",
    ],
    [
      { deployment: { alarms: { smsSpendUsd: "1" } } },
      'feedbell.deployment.alarms.smsSpendUsd: found "1"; expected an amount in US dollars',
    ],
    [
      {
        deployment: {
          alarmTopicArn: "arn:aws:sns:eu-central-1:111122223333:operators",
          operators: ["ops@example.org"],
        },
      },
      "beside deployment.operators; expected one of the two",
    ],
    [
      { deployment: { encryption: "kms" } },
      'feedbell.deployment.encryption: found "kms"; expected one of "aws", "customer"',
    ],
    [
      { deployment: { accessLogs: "yes" } },
      'feedbell.deployment.accessLogs: found "yes"; expected true or false',
    ],
    [
      { deployment: { encryption: "customer", adopt: { key: "alias/news" } } },
      'feedbell.deployment.adopt.key: found "alias/news"; expected the ARN of a KMS key',
    ],
    [
      { deployment: { adopt: { key: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd" } } },
      'expected it with "encryption": "customer" only',
    ],
    [
      { deployment: { accessLogs: true, adopt: { bucket: "old-snapshots" } } },
      "expected false, because the settings of an adopted bucket stay as they are",
    ],
    [
      { deployment: { tags: { "aws:x": "y" } } },
      'feedbell.deployment.tags["aws:x"]: found "aws:x"; expected a tag key',
    ],
    [{ deployment: { tags: { team: 1 } } }, "feedbell.deployment.tags.team: found 1; expected a tag value"],
  ])("%j is reported with its path, its value and the expected value", (feedbell, line) => {
    const found = mistakes(feedbell);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(line);
  });

  it.each<[unknown, string]>([
    [audience({ timezone: "UTC" }), "feedbell.audiences[0].timezone: unknown key; did you mean timeZone?"],
    [{ audience: [] }, "feedbell.audience: unknown key; did you mean audiences?"],
    [{ timeoutSecond: 1 }, "feedbell.timeoutSecond: unknown key; did you mean timeoutSeconds?"],
    [
      { deployment: { snapshotsDays: 30 } },
      "feedbell.deployment.snapshotsDays: unknown key; did you mean snapshotDays?",
    ],
    [
      { limits: { colour: 1 } },
      "feedbell.limits.colour: unknown key; expected one of bytes, expandedBytes, entries,",
    ],
  ])("%j is reported with the key that was probably meant", (feedbell, line) => {
    const found = mistakes(feedbell);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(line);
  });

  it("is reported together with all others", () => {
    const found = mistakes({
      audiences: [
        { name: "A", mode: "alerts" },
        { name: "a-1", mode: "alerts" },
        { name: "a1", mode: "alerts", timezone: "UTC" },
        { name: "a1", mode: "digest" },
      ],
      timeoutSeconds: -1,
      limits: { milliseconds: 800_000 },
      deployment: { snapshotDays: 10, quarantineDays: 31, logDays: 2 },
    });
    expect(found.map((line) => line.split(":")[0])).toEqual([
      "feedbell.audiences[0].name",
      "feedbell.audiences[2].timezone",
      "feedbell.timeoutSeconds",
      "feedbell.deployment.logDays",
      "feedbell.audiences",
      "feedbell.deployment.snapshotDays",
      "feedbell.ledgerDays",
    ]);
  });
});

describe("a conflict between values", () => {
  it.each<[unknown, string]>([
    [
      { audiences: [each, each] },
      'feedbell.audiences: found the names "alerts" and "alerts"; expected names that differ',
    ],
    [
      {
        audiences: [
          { ...each, name: "a-1" },
          { ...each, name: "a1" },
        ],
      },
      'found the names "a-1" and "a1"; expected names that differ in more than hyphens',
    ],
    [
      { deployment: { snapshotDays: 20 } },
      "feedbell.deployment.snapshotDays: found 20; expected at least 21, the days in which a queue message can still ask for a snapshot (14 in the dead-letter queue and, after a redrive, 4 in the intake queue and 72 hours of retries)",
    ],
    [
      { deployment: { quarantineDays: 1 } },
      "feedbell.deployment.quarantineDays: found 1; expected at least 21,",
    ],
    [
      { retryHours: 25, deployment: { snapshotDays: 19 } },
      "feedbell.deployment.snapshotDays: found 19; expected at least 20,",
    ],
    [
      { timeoutSeconds: 7 },
      "feedbell.timeoutSeconds: found 7; expected at least 8, so that an invocation has time to hand on a snapshot that it can't finish",
    ],
    [
      audience({ sms: { parts: { alert: 3 }, maxParts: { alert: 2 } } }),
      "feedbell.audiences[0].sms.maxParts.alert: found 2; expected at least sms.parts.alert, 3",
    ],
    [
      { deployment: { adopt: { topics: ["alerts", "sports"] } } },
      'feedbell.deployment.adopt.topics[1]: found "sports"; expected the name of an audience; expected one of alerts, digest',
    ],
    [
      { deployment: { adopt: { topics: ["alert"] } } },
      'feedbell.deployment.adopt.topics[0]: found "alert"; expected the name of an audience; did you mean alerts?',
    ],
    [
      audience({ rename: "alerts" }),
      'feedbell.audiences[0].rename: found "alerts", the name itself; expected the earlier name',
    ],
    [
      {
        audiences: [
          { name: "a", mode: "alerts" },
          { name: "b", rename: "a", mode: "digest" },
        ],
      },
      'feedbell.audiences[1].rename: found "a"; expected a name that no other audience has',
    ],
    [
      { feeds: { voa: { url: "ftp://example.org/rss" } } },
      'feedbell.feeds.voa.url: found "ftp://example.org/rss"; expected an http or https URL of at most 2,000 characters',
    ],
    [
      { deployment: { snapshotDays: 31 } },
      "feedbell.ledgerDays: found 60; expected at least 62, twice deployment.snapshotDays",
    ],
    [
      { ledgerDays: 59 },
      "feedbell.ledgerDays: found 59; expected at least 60, twice deployment.snapshotDays",
    ],
    [
      { ledgerDays: 60, deployment: { snapshotDays: 30, quarantineDays: 40 } },
      "feedbell.ledgerDays: found 60; expected at least 80, twice deployment.quarantineDays",
    ],
    [
      { timeoutSeconds: 60, limits: { milliseconds: 60_001 } },
      "feedbell.limits.milliseconds: found 60001; expected at most 60000",
    ],
    [
      { limits: { expandedBytes: 10, bytes: 11 } },
      "feedbell.limits.expandedBytes: found 10; expected at least limits.bytes, 11",
    ],
  ])("%j is reported", (feedbell, line) => {
    expect(mistakes(feedbell).join("\n")).toContain(line);
  });

  it("is not a time-out of 8 s, nor a shorter one that a test allows", () => {
    expect(parseConfiguration({ timeoutSeconds: 8 }).timeoutSeconds).toBe(8);
    expect(parseConfiguration({ timeoutSeconds: 1 }, { minTimeoutSeconds: 1 }).timeoutSeconds).toBe(1);
  });

  it("with an invalid value is not reported", () => {
    expect(mistakes({ ledgerDays: "1", deployment: { snapshotDays: 40 } })).toHaveLength(1);
  });
});

describe("any JSON", () => {
  /** The mistakes of a configuration; rethrows other errors. */
  const outcome = (feedbell: unknown): readonly string[] => {
    try {
      parseConfiguration(feedbell);
      return [];
    } catch (error) {
      if (error instanceof ConfigurationError) return error.mistakes;
      throw error;
    }
  };

  it("is a configuration or a list of mistakes, never another error", () => {
    assert(
      property(jsonValue({ maxDepth: 4 }), (value) => {
        expect(outcome(value).every((line) => line.startsWith("feedbell"))).toBe(true);
      }),
    );
  });

  it("instead of any value is reported with that value's name", () => {
    const keys = Object.keys(defaults);
    assert(
      property(constantFrom(...keys), jsonValue({ maxDepth: 3 }), (key, value) => {
        expect(outcome({ [key]: value }).filter((line) => !line.startsWith(`feedbell.${key}`))).toEqual([]);
      }),
    );
  });
});

describe("cdk.json", () => {
  it("of this project is valid", () => {
    expect(readConfiguration().audiences.map(({ name }) => name)).toEqual(["alerts", "digest"]);
  });

  it.each([
    ["is missing", undefined],
    ["is no JSON", "{"],
  ])("that %s is reported with its path", (_, content) => {
    const file = join(folder(), "cdk.json");
    if (content !== undefined) writeFileSync(file, content);
    expect(() => readConfiguration(file)).toThrow(ConfigurationError);
    expect(() => readConfiguration(file)).toThrow(file);
  });

  it.each([
    ["[]", ": found []; expected an object"],
    ["null", ": found null; expected an object"],
    [`{"context":"x"}`, `: found "x"; expected an object`],
    [`{"context":[]}`, ": found []; expected an object"],
    [`{"context":null}`, ": found null; expected an object"],
    [`{"context":{"feedbell":null}}`, "feedbell: found null; expected an object"],
  ])("that is %s does not select all defaults", (content, says) => {
    const file = join(folder(), "cdk.json");
    writeFileSync(file, content);
    expect(() => readConfiguration(file)).toThrow(ConfigurationError);
    expect(() => readConfiguration(file)).toThrow(says);
  });

  it("without context.feedbell gives the defaults", () => {
    const file = join(folder(), "cdk.json");
    writeFileSync(file, JSON.stringify({ app: "node infra/app.ts" }));
    expect(readConfiguration(file)).toEqual(defaults);
  });

  it("may start with a byte order mark, which editors on Windows write", () => {
    const file = join(folder(), "cdk.json");
    writeFileSync(file, `\uFEFF${JSON.stringify({ context: { feedbell: { ledgerDays: 90 } } })}`);
    expect(readConfiguration(file).ledgerDays).toBe(90);
  });
});
