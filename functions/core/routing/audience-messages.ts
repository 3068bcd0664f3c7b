import type { TopN } from "./newest.ts";
import type { Audience } from "../configuration.ts";
import { composeAlert, composeDigest } from "../message/index.ts";
import type { Alert, Message, SourceFeed } from "../message/message.ts";
import type { Picked } from "../dedupe/scan.ts";

/**
 * The messages for one audience: an alert per entry, oldest first, as far as its burst goes, and one closing
 * message for the rest; or one digest of all. `gone`: entries of the snapshot that the audience got in an earlier run,
 * which count towards its burst.
 */
export function compose(
  picked: TopN<Picked>,
  audience: Audience,
  gone: number,
  toAlert: (picked: Picked) => Alert,
  source: SourceFeed,
): readonly Message[] {
  const before = Math.min(gone, audience.burst);
  const singles = audience.cadence === "each" ? picked.items.slice(0, audience.burst - before) : [];
  const shown = picked.items.slice(singles.length, singles.length + audience.digestItems);
  const alerts = singles
    .map(toAlert)
    .toReversed()
    .map((alert) => composeAlert(alert, audience));
  if (shown.length === 0) return alerts;
  const more = picked.count - singles.length - shown.length;
  return [
    ...alerts,
    ...composeDigest(
      {
        shown: shown.map(toAlert),
        more,
        before: audience.cadence === "each" ? before + singles.length : 0,
        source,
      },
      audience,
    ),
  ];
}
