import { noteProgress } from "../../console/activity.ts";
import { textWidth } from "../../core/text-width.ts";
import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { clip, widthOf } from "../../console/columns.ts";
import { counted, escapeLine, type Paint, painterFor, safeLine, write } from "../../console/terminal.ts";
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
    let read = 0;
    for await (const item of listReasons(s3, bucket)) {
      read++;
      noteProgress(() => `${counted(read, "reason", "reasons")} read`);
      if (!isWanted(item, options)) continue;
      counts[item.kind]++;
      if (options.json) await write(process.stdout, `${jsonLine({ ...item })}\n`);
      else await write(process.stdout, `${viewQuarantined(item, { width, paint }).join("\n")}\n`);
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

/**
 * Two lines that fit the terminal. The key is never shortened, because `quarantine show` and `replay` take it: where it
 * leaves no room for the time, the time is in the second line. A table would break each row there.
 */
export function viewQuarantined(
  {
    at,
    key,
    code,
    found,
    expected,
    message,
  }: Pick<Quarantined, "at" | "key" | "code" | "found" | "expected" | "message">,
  { width, paint }: { readonly width: number | undefined; readonly paint: Paint },
): readonly string[] {
  const name = escapeLine(key);
  const label = escapeLine(code);
  const isWide = width === undefined || textWidth(name) + at.length + 2 <= width;
  const first = isWide ? `${at}  ${name}` : name;
  const start = isWide ? "  " : `  ${at}  `;
  const room = (used: string) => (width === undefined ? undefined : width - textWidth(used));
  const title = message?.subject === undefined ? "" : clip(`  ${safeLine(message.subject)}`, room(first));
  const reason = clip(`: found ${safeLine(found)}; expected ${safeLine(expected)}`, room(start + label));
  return [(first + title).trimEnd(), `${start}${paint("red", label)}${reason}`];
}

function isWanted({ feed, message }: Quarantined, wanted: QuarantineOptions): boolean {
  if (wanted.audience !== undefined && message?.audience !== wanted.audience) return false;
  return wanted.feed === undefined || feed === slug(wanted.feed);
}
