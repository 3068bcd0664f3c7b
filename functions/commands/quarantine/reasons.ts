import { prefixes } from "../../aws/environment.ts";
import { messageFolder } from "../../aws/message-quarantine.ts";
import { listVersions, readVersion, type ListedVersion } from "../../aws/object-versions.ts";
import { originalKey, snapshotOfReason } from "../../aws/snapshots.ts";
import type { StackClients } from "../../aws/stack-clients.ts";
import { feedOfKey, slug } from "../../core/feed/feed-slug.ts";
import type { SnapshotVersion } from "../../core/snapshot.ts";
import { inOrder } from "../replay/item.ts";
import { reasonTest } from "../replay/quarantine.ts";

/** A snapshot or message in quarantine and the reason of one of the times it was put there. */
export interface Quarantined {
  readonly kind: "snapshot" | "message";
  /** Its key under `quarantine/`. */
  readonly key: string;
  /** When it was quarantined, ISO 8601. */
  readonly at: string;
  /** An error code; `unknown` if the reason file can't be read. */
  readonly code: string;
  readonly found: string;
  readonly expected: string;
  readonly hint: string;
  /** Slug of the feed, of a snapshot whose key names one. */
  readonly feed?: string;
  /** The version that was uploaded. */
  readonly snapshot?: SnapshotVersion;
  /** Audience, id and subject of a message. */
  readonly message?: { readonly id: string; readonly audience: string; readonly subject?: string };
  /** Bytes of the copy; absent where nothing could be copied, so that it must be uploaded again. */
  readonly size?: number;
}

/** Reason files that are read at the same time. */
const atOnce = 20;

/** The reasons that are current, oldest first. Lists the keys under a prefix and reads each reason file once. */
export async function* listReasons(
  s3: StackClients["s3"],
  bucket: string,
  prefix: string = prefixes.quarantine,
): AsyncGenerator<Quarantined> {
  const found = await Array.fromAsync(listVersions(s3, bucket, prefix));
  yield* readReasons(
    s3,
    bucket,
    found.filter(({ isCurrent }) => isCurrent),
  );
}

/** The reasons of every time that one key was quarantined, newest first. */
export async function reasonsOf(
  s3: StackClients["s3"],
  bucket: string,
  key: string,
): Promise<readonly Quarantined[]> {
  const found = await Array.fromAsync(listVersions(s3, bucket, snapshotOfReason(key) ?? key));
  // The key of the reason file means its snapshot too.
  const wanted = reasonTest(found)(key) ? snapshotOfReason(key) : key;
  const own = found.filter((version) => version.key === wanted || snapshotOfReason(version.key) === wanted);
  return (await Array.fromAsync(readReasons(s3, bucket, own))).toReversed();
}

/** Reads the reason files among these versions, oldest first. */
export async function* readReasons(
  s3: StackClients["s3"],
  bucket: string,
  found: readonly ListedVersion[],
): AsyncGenerator<Quarantined> {
  const isReason = reasonTest(found);
  const sizes = new Map(found.toReversed().map(({ key, size }) => [key, size]));
  const reasons = found.filter(({ key }) => isReason(key)).toSorted((a, b) => a.at - b.at);
  const read = new Map<ListedVersion, Quarantined>();
  const load = async (version: ListedVersion) => {
    const text = await readVersion(s3, bucket, version);
    const key = snapshotOfReason(version.key) ?? version.key;
    // A replay may have removed it since it was listed.
    if (text !== undefined)
      read.set(version, quarantined(key, parseReason(text), version.at, sizes.get(key)));
  };
  for await (const version of inOrder(reasons, atOnce, load)) {
    const reason = read.get(version);
    read.delete(version);
    if (reason) yield reason;
  }
}

interface ReasonFile {
  readonly at?: unknown;
  readonly code?: unknown;
  readonly found?: unknown;
  readonly expected?: unknown;
  readonly hint?: unknown;
  readonly snapshot?: SnapshotVersion;
  readonly message?: Quarantined["message"];
}

function quarantined(key: string, file: ReasonFile, at: number, size: number | undefined): Quarantined {
  const kind = key.startsWith(messageFolder) ? "message" : "snapshot";
  const feed =
    kind === "snapshot" ? feedOfKey(file.snapshot?.key ?? originalKey(key), prefixes.snapshots) : undefined;
  const text = (value: unknown, otherwise: string) => (typeof value === "string" ? value : otherwise);
  return {
    kind,
    key,
    at: text(file.at, new Date(at).toISOString()),
    code: text(file.code, "unknown"),
    found: text(file.found, "a reason file that can't be read"),
    expected: text(file.expected, "a reason"),
    hint: text(file.hint, "Replay it, or upload the file again."),
    ...(feed !== undefined && { feed: slug(feed) }),
    ...(file.snapshot && { snapshot: file.snapshot }),
    ...(file.message && { message: file.message }),
    ...(size !== undefined && { size }),
  };
}

/** Reason files are written by feedbell, but anybody with access to the bucket may have changed them. */
function parseReason(text: string): ReasonFile {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Shown as unknown.
  }
  return {};
}
