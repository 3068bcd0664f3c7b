import { suggestion } from "../../functions/console/suggestion.ts";
import { topicName } from "../../functions/core/configuration.ts";
import type { CrossMistake } from "./mistakes.ts";
import { deadLetterDays, intakeDays, replayDays } from "./retention.ts";
import { checkSchedules } from "./schedule-checks.ts";
import { readingTime } from "./schema.ts";
import type { StackConfiguration } from "./stack-configuration.ts";

/** Characters of a topic's ARN without its name, in the longest partition and region. */
const arnLength = 60;

/** Characters of topic ARNs in the function's inline policies, which may have 10,240 in total (IAM quotas). */
const maxArnCharacters = 8_000;

export interface CrossCheckOptions {
  /**
   * Seconds: the shortest time-out of the functions. Only tests of time-outs need less than the default.
   * @default 8
   */
  readonly minTimeoutSeconds?: number;
  /**
   * Epoch milliseconds: schedules are checked for the two years from then on.
   * @default the present
   */
  readonly now?: number;
}

/** Compares the values of a configuration in which each value is valid by itself. */
export function crossCheck(
  configuration: StackConfiguration,
  { minTimeoutSeconds = 8, now = Date.now() }: CrossCheckOptions = {},
): CrossMistake[] {
  return [
    ...checkTimeout(configuration, minTimeoutSeconds),
    ...checkAdopted(configuration),
    ...checkOperators(configuration),
    ...checkAdoptedSettings(configuration),
    ...checkNames(configuration),
    ...checkRenames(configuration),
    ...checkSmsParts(configuration),
    ...checkPolicySize(configuration),
    ...checkSchedules(configuration.audiences, now),
    ...checkRetention(configuration),
    ...checkLedger(configuration),
    ...checkLimits(configuration),
  ];
}

function* checkTimeout({ timeoutSeconds }: StackConfiguration, min: number): Iterable<CrossMistake> {
  if (timeoutSeconds >= min) return;
  const path = ["timeoutSeconds"];
  const message = `found ${timeoutSeconds}; expected at least ${min}, so that an invocation has time to hand on a snapshot that it can't finish`;
  yield { path, message, involves: [path] };
}

function* checkAdopted({ audiences, deployment }: StackConfiguration): Iterable<CrossMistake> {
  const names = audiences.map(({ name }) => name);
  for (const [index, topic] of deployment.adopt.topics.entries()) {
    if (names.includes(topic)) continue;
    const path = ["deployment", "adopt", "topics", index];
    const message = `found ${JSON.stringify(topic)}; expected the name of an audience; ${suggestion(topic, names)}`;
    yield { path, message, involves: [path, ["audiences"]] };
  }
}

/** The settings of adopted resources stay as they are. */
function* checkAdoptedSettings({ deployment }: StackConfiguration): Iterable<CrossMistake> {
  const { adopt, encryption, accessLogs } = deployment;
  if (adopt.key !== undefined && encryption !== "customer") {
    const path = ["deployment", "adopt", "key"];
    const message = `found ${JSON.stringify(adopt.key)}; expected it with "encryption": "customer" only`;
    yield { path, message, involves: [path, ["deployment", "encryption"]] };
  }
  if (accessLogs && adopt.bucket !== undefined) {
    const path = ["deployment", "accessLogs"];
    const message = `found true beside deployment.adopt.bucket; expected false, because the settings of an adopted bucket stay as they are`;
    yield { path, message, involves: [path, ["deployment", "adopt", "bucket"]] };
  }
}

/** Alarms go to one topic. */
function* checkOperators({ deployment }: StackConfiguration): Iterable<CrossMistake> {
  const { operators, alarmTopicArn } = deployment;
  if (operators.length === 0 || alarmTopicArn === undefined) return;
  const path = ["deployment", "alarmTopicArn"];
  const message = `found ${JSON.stringify(alarmTopicArn)} beside deployment.operators; expected one of the two: subscribe the operators to that topic, or remove it and let the stack create one`;
  yield { path, message, involves: [path, ["deployment", "operators"]] };
}

function* checkNames({ audiences }: StackConfiguration): Iterable<CrossMistake> {
  const seen = new Map<string, string>();
  for (const { name } of audiences) {
    // Names of the stack's outputs have no hyphens: `a-1` and `a1` would collide.
    const bare = name.replaceAll("-", "");
    const other = seen.get(bare);
    seen.set(bare, other ?? name);
    if (other === undefined) continue;
    const message = `found the names ${JSON.stringify(other)} and ${JSON.stringify(name)}; expected names that differ in more than hyphens`;
    yield { path: ["audiences"], message, involves: [] };
  }
}

/** A topic belongs to one audience, and messages that wait under an earlier name must not reach other readers. */
function* checkRenames({ audiences }: StackConfiguration): Iterable<CrossMistake> {
  for (const [index, { name, rename }] of audiences.entries()) {
    if (rename === undefined) continue;
    const path = ["audiences", index, "rename"];
    const others = audiences.filter((_, other) => other !== index);
    const found = `found ${JSON.stringify(rename)}`;
    if (rename === name)
      yield { path, message: `${found}, the name itself; expected the earlier name`, involves: [path] };
    else if (others.some((other) => other.name === rename || other.rename === rename))
      yield {
        path,
        message: `${found}; expected a name that no other audience has`,
        involves: [path, ["audiences"]],
      };
  }
}

function* checkSmsParts({ audiences }: StackConfiguration): Iterable<CrossMistake> {
  for (const [index, { sms }] of audiences.entries())
    for (const kind of ["alert", "digest"] as const) {
      if (sms.maxParts[kind] >= sms.parts[kind]) continue;
      const base = ["audiences", index, "sms"];
      const path = [...base, "maxParts", kind];
      const message = `found ${sms.maxParts[kind]}; expected at least sms.parts.${kind}, ${sms.parts[kind]}`;
      yield { path, message, involves: [path, [...base, "parts", kind]] };
    }
}

function* checkPolicySize({ audiences, deployment }: StackConfiguration): Iterable<CrossMistake> {
  const lengthOf = (name: string) => arnLength + deployment.stackName.length + name.length;
  const total = audiences.reduce((sum, audience) => sum + lengthOf(topicName(audience)), 0);
  if (total <= maxArnCharacters) return;
  const message = `found ${audiences.length} audiences, whose topic ARNs have about ${total} characters; expected at most ${maxArnCharacters}, so that the function's policy, which lists them, stays within IAM's limit`;
  yield { path: ["audiences"], message, involves: [["deployment", "stackName"]] };
}

const retentions = ["snapshotDays", "quarantineDays"] as const;

function* checkRetention({ deployment, retryHours }: StackConfiguration): Iterable<CrossMistake> {
  const minDays = replayDays(retryHours);
  for (const key of retentions) {
    const days = deployment[key];
    const path = ["deployment", key];
    if (days < minDays) {
      const message = `found ${days}; expected at least ${minDays}, the days in which a queue message can still ask for a snapshot (${deadLetterDays} in the dead-letter queue and, after a redrive, ${intakeDays} in the intake queue and ${retryHours} hours of retries)`;
      yield { path, message, involves: [path, ["retryHours"]] };
    }
  }
}

/** An entry's record is renewed only after half of its time, so only half is certain. */
function* checkLedger({ deployment, ledgerDays }: StackConfiguration): Iterable<CrossMistake> {
  const longest = retentions.toSorted((a, b) => deployment[b] - deployment[a])[0] ?? "snapshotDays";
  const days = deployment[longest];
  if (ledgerDays >= 2 * days) return;
  const message = `found ${ledgerDays}; expected at least ${2 * days}, twice deployment.${longest}; otherwise a replay of an old snapshot would send entries again`;
  yield { path: ["ledgerDays"], message, involves: [["ledgerDays"], ["deployment", longest]] };
}

function* checkLimits({ limits, timeoutSeconds }: StackConfiguration): Iterable<CrossMistake> {
  if (limits.milliseconds > readingTime(timeoutSeconds)) {
    const path = ["limits", "milliseconds"];
    const message = `found ${limits.milliseconds}; expected at most ${readingTime(timeoutSeconds)}, because the function's time-out ends reading then`;
    yield { path, message, involves: [path, ["timeoutSeconds"]] };
  }
  if (limits.expandedBytes < limits.bytes) {
    const path = ["limits", "expandedBytes"];
    const message = `found ${limits.expandedBytes}; expected at least limits.bytes, ${limits.bytes}`;
    yield { path, message, involves: [path, ["limits", "bytes"]] };
  }
}
