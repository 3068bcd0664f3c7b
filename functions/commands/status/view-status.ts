import { columnTable, wrapText, type Cell } from "../../console/columns.ts";
import { textWidth } from "../../core/text-width.ts";
import { counted, escapeLine, safeLine, type Paint } from "../../console/terminal.ts";
import type { Configuration } from "../../core/configuration.ts";
import { localMinute } from "../../console/local-minute.ts";
import { program } from "../options.ts";
import type { Problem } from "./problems.ts";
import type { AudienceStatus, StackStatus } from "./stack-status.ts";

interface View {
  readonly paint: Paint;
  /** Columns; `undefined` for a file or pipe. */
  readonly width: number | undefined;
  readonly configuration: Configuration;
}

/** Feeds that are listed on a terminal. */
const maxFeeds = 20;

/** The verdict, then a table for each part. */
export function viewStatus(status: StackStatus, problems: readonly Problem[], view: View): string {
  const { paint, width } = view;
  const name = safeLine(status.stack);
  const isWide = width !== undefined && textWidth(`${name}  ${status.at}`) > width;
  const verdict =
    problems.length === 0
      ? [paint("green", status.feeds.length === 0 ? "working; no snapshot was read yet" : "working")]
      : [
          paint("red", counted(problems.length, "problem", "problems")),
          ...problems.flatMap(({ what, next }) => [
            ...wrapText(safeLine(what), width, { start: "  " }),
            `    ${paint("dim", `-> ${next}`)}`,
          ]),
        ];
  return [
    `${paint("bold", name)}${isWide ? "\n" : ""}  ${status.at}`,
    ...verdict,
    "",
    ...queueTable(status, view),
    "",
    ...audienceTable(status, view),
    "",
    ...feedTable(status, view),
    "",
    ...wrapText(spendText(status), width, { indent: 2 }),
  ].join("\n");
}

const number = (value: number): string => value.toLocaleString("en");

function queueTable({ queues }: StackStatus, { paint, width }: View): readonly string[] {
  const columns = [
    { title: "queue" },
    { title: "waiting", align: "right" },
    { title: "in flight", align: "right" },
    { title: "delayed", align: "right" },
  ] as const;
  const rows = queues.map(({ name, isDeadLetters, waiting, inFlight, delayed }): (Cell | string)[] => {
    const isBad = isDeadLetters && waiting + inFlight > 0;
    return [isBad ? { text: name, style: "red" } : name, number(waiting), number(inFlight), number(delayed)];
  });
  return columnTable(columns, rows, { width, paint });
}

function audienceTable({ audiences }: StackStatus, { paint, width, configuration }: View): readonly string[] {
  const columns = [
    { title: "audience", shrinks: true },
    { title: "mode" },
    { title: "readers", shrinks: true },
    { title: "waiting", align: "right" },
    { title: "next slot", shrinks: true },
    { title: "today", shrinks: true },
  ] as const;
  const rows = audiences.map((status): (Cell | string)[] => {
    const { audience, mode, isPaused, waiting, nextSlot, today } = status;
    const timeZone = configuration.audiences.find(({ name }) => name === audience)?.timeZone;
    const counts =
      today &&
      `${counted(today.messages, "message", "messages")}, ${counted(today.parts, "SMS part", "SMS parts")}`;
    return [
      safeLine(audience),
      isPaused ? { text: "paused", style: "yellow" } : (mode ?? { text: "removed", style: "red" }),
      readersInWords(status),
      number(waiting),
      nextSlot === undefined ? "" : localMinute(Date.parse(nextSlot), timeZone),
      counts ?? "",
    ];
  });
  return columnTable(columns, rows, { width, paint });
}

function readersInWords({ readers, lacksTopic }: AudienceStatus): string {
  if (lacksTopic) return "no topic";
  if (readers === undefined) return "";
  const states = Object.entries(readers).filter(([state, count]) => count > 0 || state === "confirmed");
  return states.map(([state, count]) => `${number(count)} ${state}`).join(", ");
}

function feedTable({ feeds, at }: StackStatus, { paint, width }: View): readonly string[] {
  const columns = [
    { title: `feed (${number(feeds.length)})`, shrinks: true },
    { title: "changed", align: "right" },
    { title: "entries", align: "right" },
    { title: "snapshot", shrinks: true },
  ] as const;
  const rows = feeds
    .slice(0, maxFeeds)
    .map(({ feed, read, key, entries }) => [
      safeLine(feed),
      ago(Date.parse(at) - Date.parse(read)),
      number(entries),
      escapeLine(key),
    ]);
  const more = feeds.length - maxFeeds;
  return [
    ...columnTable(columns, rows, { width, paint }),
    ...(more > 0
      ? [`${number(more)} more, which changed later; \`${program} status --json\` lists all`]
      : []),
  ];
}

function spendText({ spend }: StackStatus): string {
  if (!spend) return `SMS this month: too many plans to read; \`${program} status --spend\` reads them`;
  const { since, messages, smsParts, usd } = spend;
  return (
    `since ${since}: ${counted(messages, "message", "messages")}, ${counted(smsParts, "SMS part", "SMS parts")}, ` +
    `about ${usd.toFixed(2)} USD for SMS (estimate: telephones subscribed now, smsPartPrice)`
  );
}

/** `12 s`, `5 min`, `3 h`, `4 days` and `ago`. */
export function ago(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 2 * 86_400) return `${Math.floor(seconds / 3_600)} h ago`;
  return `${number(Math.floor(seconds / 86_400))} days ago`;
}
