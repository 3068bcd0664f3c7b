import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { clip, widthOf } from "../../console/columns.ts";
import { counted, escapeLine, painterFor, safeLine, write } from "../../console/terminal.ts";
import { slug } from "../../core/feed/feed-slug.ts";
import { remarkOnAudience, remarkOnFeed } from "../known-names.ts";
import { program } from "../options.ts";
import { need, type StackOptions } from "../stack.ts";
import { withStack } from "../with-stack.ts";
import { listReasons, type Quarantined } from "./reasons.ts";

export interface QuarantineOptions extends StackOptions {
  readonly feed?: string;
  readonly audience?: string;
  readonly json?: true;
}

/** Lists what is in quarantine, oldest first. */
export async function listQuarantine(options: QuarantineOptions): Promise<void> {
  await withStack("quarantine", options, async (stack, { s3 }) => {
    const { bucket } = need(stack, "bucket");
    const counts = { snapshot: 0, message: 0 };
    const width = widthOf(process.stdout);
    const paint = painterFor(process.stdout, process.env);
    for await (const item of listReasons(s3, bucket)) {
      if (!isWanted(item, options)) continue;
      counts[item.kind]++;
      if (options.json) await write(process.stdout, `${jsonLine({ ...item })}\n`);
      else {
        const code = escapeLine(item.code);
        const reason = `: found ${safeLine(item.found)}; expected ${safeLine(item.expected)}`;
        const rest = width === undefined ? undefined : width - code.length - 2;
        const subject = item.message?.subject;
        const title = subject === undefined ? "" : `  ${safeLine(subject)}`;
        const lines = [
          `${item.at}  ${escapeLine(item.key)}${title}`,
          `  ${paint("red", code)}${clip(reason, rest)}`,
        ];
        await write(process.stdout, `${lines.join("\n")}\n`);
      }
    }
    if (counts.snapshot + counts.message === 0) {
      await remarkOnAudience(options.audience, stack);
      await remarkOnFeed(options.feed);
    }
    if (options.json) return;
    const what = [
      counted(counts.snapshot, "snapshot", "snapshots"),
      counted(counts.message, "message", "messages"),
    ].join(" and ");
    const next =
      counts.snapshot + counts.message === 0 ? "" : `; \`${program} quarantine show KEY\` says what to do`;
    await write(process.stdout, `${safeLine(stack.name)}: ${what} in quarantine${next}\n`);
  });
}

function isWanted({ feed, message }: Quarantined, wanted: QuarantineOptions): boolean {
  if (wanted.audience !== undefined && message?.audience !== wanted.audience) return false;
  return wanted.feed === undefined || feed === slug(wanted.feed);
}
