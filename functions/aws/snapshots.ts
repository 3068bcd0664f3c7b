import { hash } from "node:crypto";
import {
  CopyObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3ServiceException,
  type S3Client,
} from "@aws-sdk/client-s3";
import { SnapshotError } from "../core/errors.ts";
import type { Clock, QuarantineReason, Snapshots } from "../core/ports.ts";
import type { SnapshotVersion } from "../core/snapshot.ts";
import { prefixes } from "./environment.ts";
import type { Wait } from "./retries.ts";

/** Bytes of UTF-8 (Amazon S3 User Guide, 'Creating object key names'). */
const maxKeyBytes = 1_024;
/** Added to the key of a quarantined object for that of its reason file. */
export const reasonSuffix = ".reason.json";

/** The key of the quarantined object to which a reason file belongs; `undefined` if the key is no reason file's. */
export const snapshotOfReason = (key: string): string | undefined =>
  key.endsWith(reasonSuffix) ? key.slice(0, -reasonSuffix.length) : undefined;

/** The name of a reason, or of a snapshot that is named like one. */
const likeReason = /\.reason\.json~*$/;

/**
 * The key of the quarantined copy: the snapshot's path under `quarantine/`. A path that starts with `~` gets another
 * one, and a path that ends like a reason's gets one at its end: an upload can pose neither as a quarantined message,
 * which an operator might send, nor as the reason of another snapshot. A path that is too long is truncated and ends
 * with a hash of the whole path.
 */
export function quarantineKey(snapshot: string): string {
  const path = snapshot.startsWith(prefixes.snapshots) ? snapshot.slice(prefixes.snapshots.length) : snapshot;
  const start = path.startsWith("~") ? "~" : "";
  const end = likeReason.test(path) ? "~" : "";
  const key = prefixes.quarantine + start + path + end;
  const maxBytes = maxKeyBytes - reasonSuffix.length;
  if (Buffer.byteLength(key) <= maxBytes) return key;
  const suffix = `~${hash("sha256", path, "hex").slice(0, 16)}`;
  const kept = new TextDecoder().decode(Buffer.from(key).subarray(0, maxBytes - suffix.length));
  // A character that was cut in half is decoded to U+FFFD.
  return kept.replace(/\ufffd{1,3}$/, "") + suffix;
}

/** The key that a quarantined snapshot had, as far as the key of its copy says. */
export function originalKey(quarantined: string): string {
  const path = quarantined.slice(prefixes.quarantine.length);
  const from = path.startsWith("~~") ? 1 : 0;
  const end = likeReason.test(path) && path.endsWith("~") ? -1 : undefined;
  return prefixes.snapshots + path.slice(from, end);
}

/** Snapshots in S3. Resumes an interrupted download with a Range request. */
export function s3Snapshots(client: S3Client, clock: Clock, { wait }: { readonly wait: Wait }): Snapshots {
  // In a bucket without versions the key may hold a newer snapshot by now, which has its own event.
  const address = ({ bucket, key, versionId, etag }: SnapshotVersion) => ({
    Bucket: bucket,
    Key: key,
    ...(versionId !== undefined && { VersionId: versionId }),
    ...(!isUniqueVersion(versionId) && etag !== undefined && { IfMatch: `"${etag}"` }),
  });

  return {
    async open(version) {
      try {
        const { Body, ContentType, ContentLength, ETag } = await client.send(
          new GetObjectCommand(address(version)),
        );
        return {
          chunks: download(version, Body as AsyncIterable<Uint8Array>, ContentLength, ETag),
          ...(ContentType !== undefined && { contentType: ContentType }),
          ...(ContentLength !== undefined && { size: ContentLength }),
        };
      } catch (error) {
        if (isGone(error)) throw goneError(version, error);
        throw isForbidden(error) ? forbiddenError(version, error) : error;
      }
    },

    async quarantine(version, reason) {
      const key = quarantineKey(version.key);
      // What can't be read can't be copied: the reason alone is written.
      const copy = reason.code === "snapshot-forbidden" ? undefined : await copyTo(key, version);
      await client.send(
        new PutObjectCommand({
          Bucket: version.bucket,
          Key: key + reasonSuffix,
          Body: `${JSON.stringify(report(version, reason, copy, clock.now()), undefined, 2)}\n`,
          ContentType: "application/json; charset=utf-8",
        }),
      );
    },
  };

  /** Requests the missing bytes after an interruption (Amazon S3 API Reference, `GetObject`, `Range`). */
  async function* download(
    version: SnapshotVersion,
    first: AsyncIterable<Uint8Array>,
    size = 0,
    etag?: string,
  ): AsyncGenerator<Uint8Array> {
    let body = first;
    let offset = 0;
    for (let attempt = 1; ; attempt++) {
      const start = offset;
      try {
        for await (const chunk of body) {
          offset += chunk.length;
          yield chunk;
        }
        return;
      } catch (error) {
        // Retries are counted from the last byte that arrived, so that a slow connection makes progress.
        if (offset > start) attempt = 1;
        const milliseconds = wait(attempt, false);
        // A complete body that fails has the wrong checksum; its end can't be requested again.
        if (offset >= size || milliseconds === undefined) throw error;
        await clock.sleep(milliseconds);
      }
      const range = { Range: `bytes=${offset}-`, ...(etag !== undefined && { IfMatch: etag }) };
      const { Body } = await client.send(new GetObjectCommand({ ...address(version), ...range }));
      body = Body as AsyncIterable<Uint8Array>;
    }
  }

  /** Returns `undefined` if the version no longer exists. */
  async function copyTo(to: string, version: SnapshotVersion): Promise<Copy | undefined> {
    const from = `${version.bucket}/${version.key}`.split("/").map(encodeURIComponent).join("/");
    const query =
      version.versionId === undefined ? "" : `?versionId=${encodeURIComponent(version.versionId)}`;
    try {
      const { VersionId } = await client.send(
        new CopyObjectCommand({
          Bucket: version.bucket,
          Key: to,
          CopySource: from + query,
          ...(!isUniqueVersion(version.versionId) &&
            version.etag !== undefined && { CopySourceIfMatch: `"${version.etag}"` }),
          // By default S3 copies the tags, which fails without permissions that the role does not have.
          TaggingDirective: "REPLACE",
        }),
      );
      return { copy: to, ...(VersionId !== undefined && { copyVersion: VersionId }) };
    } catch (error) {
      // A version that may not be read can't be copied either; its reason is kept all the same.
      if (isGone(error) || isForbidden(error)) return undefined;
      throw error;
    }
  }
}

/** Whether the id names one version only: without versioning every object has the id `null` (Amazon S3 User Guide, 'How S3 Versioning works'). */
const isUniqueVersion = (versionId: string | undefined): boolean =>
  versionId !== undefined && versionId !== "null";

/** A missing object has status 404, and not 403, because the role has `s3:ListBucket`. */
const isGone = (error: unknown): boolean =>
  error instanceof S3ServiceException &&
  ([404, 412].includes(error.$metadata.httpStatusCode ?? 0) ||
    ["NoSuchKey", "NoSuchVersion"].includes(error.name));

const goneError = ({ key, versionId }: SnapshotVersion, cause: unknown): SnapshotError =>
  new SnapshotError(
    "snapshot-gone",
    `no version ${versionId ?? "at all"} of ${key}`,
    "the version that the event names",
    {
      cause,
    },
  );

const isForbidden = (error: unknown): boolean =>
  error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403;

const forbiddenError = ({ key, versionId }: SnapshotVersion, cause: unknown): SnapshotError =>
  new SnapshotError(
    "snapshot-forbidden",
    `403 for version ${versionId ?? "null"} of ${key}: gone or not permitted`,
    "permission to read it",
    { cause },
  );

/** The key and version of the quarantined copy. */
interface Copy {
  readonly copy: string;
  readonly copyVersion?: string;
}

function report(version: SnapshotVersion, reason: QuarantineReason, copy: Copy | undefined, now: number) {
  const { code, found, expected, hint } = reason;
  return {
    code,
    found,
    expected,
    hint,
    replay: `npx feedbell replay ${quoted(quarantineKey(version.key))}`,
    snapshot: version,
    ...copy,
    at: new Date(now).toISOString(),
  };
}

/** Quotes a key for a POSIX shell (Shell Command Language, 2.2.2), because people copy the command from the file. */
export const quoted = (key: string): string =>
  /^[\w./~=+@%-]+$/.test(key) ? key : `'${key.replaceAll("'", String.raw`'\''`)}'`;
