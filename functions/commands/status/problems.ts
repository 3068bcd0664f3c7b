import { counted } from "../../console/terminal.ts";
import { program } from "../options.ts";
import type { AudienceStatus, StackStatus } from "./stack-status.ts";

/** Something that needs attention, and the command that continues. */
export interface Problem {
  readonly what: string;
  readonly next: string;
}

/** What is wrong with a stack, the most urgent first; nothing if it works. */
export function problemsIn(status: StackStatus): readonly Problem[] {
  return [
    ...deadLetters(status),
    ...quarantined(status),
    ...silentFeeds(status),
    ...paused(status),
    ...status.audiences.flatMap(ofAudience),
  ];
}

const nextOfDeadLetters: Readonly<Record<string, string>> = {
  "slot dead letters": "see the log of digest; the next slot sends what waits",
  "schedule failures": "see `Schedule did not fire` in infra/RUNBOOK.md",
  "watch failures": "see the log of watch; it runs again every hour",
};

const deadLetters = ({ queues }: StackStatus): readonly Problem[] =>
  queues
    .map((queue) => ({ ...queue, count: queue.waiting + queue.inFlight }))
    .filter(({ isDeadLetters, count }) => isDeadLetters && count > 0)
    .map(({ name, count }) => ({
      what: `${counted(count, "message", "messages")} in ${name}`,
      next: nextOfDeadLetters[name] ?? `${program} replay --dead-letter --dry-run`,
    }));

function quarantined({ quarantine: { snapshots, messages, codes } }: StackStatus): readonly Problem[] {
  if (snapshots + messages === 0) return [];
  const what = [
    ...(snapshots > 0 ? [counted(snapshots, "snapshot", "snapshots")] : []),
    ...(messages > 0 ? [counted(messages, "message", "messages")] : []),
  ].join(" and ");
  const reasons = Object.entries(codes).map(([code, count]) => `${count} ${code}`);
  return [{ what: `${what} in quarantine (${reasons.join(", ")})`, next: `${program} quarantine` }];
}

/** Silent feeds that one line names. */
const maxNamed = 5;

function silentFeeds({ feeds }: StackStatus): readonly Problem[] {
  const silent = feeds.filter((feed) => feed.silent !== undefined);
  if (silent.length === 0) return [];
  const names = silent.slice(0, maxNamed).map((feed) => `${feed.feed} since ${feed.silent?.since}`);
  const more = silent.length > maxNamed ? [`${silent.length - maxNamed} more`] : [];
  return [
    {
      what: `no uploads for much longer than usual: ${[...names, ...more].join(", ")}`,
      next: "check the program that uploads; `silentPeriods` of the feed changes the limit",
    },
  ];
}

/** One line where all audiences are paused, because one command resumes them. */
function paused({ audiences }: StackStatus): readonly Problem[] {
  const configured = audiences.filter(({ isRemoved }) => !isRemoved);
  const names = configured.filter(({ isPaused }) => isPaused).map(({ audience }) => audience);
  if (names.length > 1 && names.length === configured.length)
    return [{ what: `all ${names.length} audiences are paused`, next: `${program} resume` }];
  return names.map((name) => ({
    what: `${name} is paused`,
    next: `${program} resume --audience ${name}`,
  }));
}

function ofAudience(status: AudienceStatus): readonly Problem[] {
  const { audience, isRemoved, isPaused, waiting, lateSlot, readers, lacksTopic } = status;
  const entries = counted(waiting, "entry waits", "entries wait");
  if (isRemoved)
    return [
      {
        what: `${entries} for ${audience}, which is not in the configuration`,
        next: `${program} waiting move --from ${audience} --to NAME, or waiting drop`,
      },
    ];
  return [
    ...(lateSlot !== undefined && !isPaused
      ? [
          {
            what: `${audience}: ${entries} since the slot of ${lateSlot}`,
            next: `${program} digest ${audience}`,
          },
        ]
      : []),
    ...(lacksTopic
      ? [
          {
            what: `nobody gets ${audience}: its topic was deleted`,
            next: `take ${audience} out of audiences, deploy, add it again and deploy; then subscribe its readers`,
          },
        ]
      : []),
    ...(readers?.confirmed === 0
      ? [
          {
            what: `nobody gets ${audience}: no confirmed reader${readers.pending > 0 ? `, ${readers.pending} pending` : ""}`,
            next:
              readers.pending > 0
                ? `${program} resend --audience ${audience} --pending`
                : `${program} subscribe --audience ${audience} ADDRESS`,
          },
        ]
      : []),
  ];
}
