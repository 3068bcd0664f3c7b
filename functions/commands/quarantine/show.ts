import { factLines, widthOf } from "../../console/columns.ts";
import { quoted } from "../../aws/snapshots.ts";
import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { counted, escapeLine, painterFor, safeLine, write } from "../../console/terminal.ts";
import { UsageError } from "../../console/usage-error.ts";
import { errorTable } from "../../core/errors.ts";
import { program } from "../options.ts";
import { need } from "../stack.ts";
import { withStack } from "../with-stack.ts";
import type { QuarantineOptions } from "./list.ts";
import { quarantineKey } from "./quarantine-key.ts";
import { reasonsOf, type Quarantined } from "./reasons.ts";

/** Shows every reason for which one snapshot or message is in quarantine, newest first. */
export async function showQuarantined(given: string, options: QuarantineOptions): Promise<void> {
  const key = quarantineKey(given);
  await withStack("quarantine", options, async (stack, { s3 }) => {
    const { bucket } = need(stack, "bucket");
    const reasons = await reasonsOf(s3, bucket, key);
    if (reasons.length === 0)
      throw new UsageError(
        `${escapeLine(key)} is not in quarantine; \`${program} quarantine\` lists what is.`,
      );
    for (const [i, reason] of reasons.entries()) {
      if (options.json) await write(process.stdout, `${jsonLine({ ...reason })}\n`);
      else await write(process.stdout, `${i > 0 ? "\n" : ""}${describe(reason)}\n`);
    }
  });
}

function describe(item: Quarantined): string {
  const { key, at, code, found, expected, hint, snapshot, message, size } = item;
  const paint = painterFor(process.stdout, process.env);
  const meaning = Object.entries(errorTable).find(([name]) => name === code)?.[1].message;
  const uploadAgain = "nothing could be copied: upload the file again";
  const rows = factLines(
    [
      ["quarantined", at],
      ["meaning", meaning],
      ["found", safeLine(found)],
      ["expected", safeLine(expected)],
      ["hint", safeLine(hint)],
      ["snapshot", snapshot && `${escapeLine(snapshot.key)} version ${snapshot.versionId ?? "null"}`],
      ["message", message && `${escapeLine(message.id)} to ${escapeLine(message.audience)}`],
      ["subject", message?.subject && safeLine(message.subject)],
      ["size", size === undefined ? undefined : counted(size, "byte", "bytes")],
      ["replay", size === undefined ? uploadAgain : `${program} quarantine replay ${quoted(key)}`],
    ],
    widthOf(process.stdout),
  );
  return [`${paint("bold", escapeLine(key))}: ${paint("red", escapeLine(code))}`, ...rows].join("\n");
}
