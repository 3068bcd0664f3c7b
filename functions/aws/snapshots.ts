import { hash } from "node:crypto";
import {
  CopyObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3ServiceException,
  type S3Client,
} from "@aws-sdk/client-s3";
import { SnapshotError } from "../core/errors.ts";
import type { Clock, QuarantineReason, Snapshots, SnapshotVersion } from "../core/ports.ts";
import { prefixes } from "./environment.ts";
import type { Wait } from "./retries.ts";

/** Amazon S3 User Guide, 'Creating object key names': 1,024 bytes of UTF-8. */
const keyBytes = 1_024;
/** What follows the key of a quarantined snapshot in that of its reason. */
const reasonEnding = ".reason.json";
/** Before it, where it is the reason of a message, a hash of that message: a snapshot may have several. */
const reasonPattern = /^(.+?)(?:\.[0-9a-f]{16})?\.reason\.json$/s;

/** The key of the quarantined snapshot that a reason's key belongs to; `undefined` for other keys. */
export const snapshotOfReason = (key: string): string | undefined => reasonPattern.exec(key)?.[1];

/** Whether a reason is that of a refused message. */
export const isOfMessage = (reason: string): boolean => /\.[0-9a-f]{16}\.reason\.json$/.test(reason);

const reasonKey = (key: string, { message }: QuarantineReason): string =>
  `${key}${message ? `.${hash("sha256", JSON.stringify(message), "hex").slice(0, 16)}` : ""}${reasonEnding}`;

/** The longest that a reason's key adds. */
const reasonRoom = 17 + reasonEnding.length;

/**
 * Where a bad snapshot is put: the same path under `quarantine/`, its reason beside it. A path that would be too
 * long is cut and ends with a hash of the whole.
 */
export function quarantineKey(key: string): string {
  const path = key.startsWith(prefixes.snapshots) ? key.slice(prefixes.snapshots.length) : key;
  const whole = prefixes.quarantine + path;
  const room = keyBytes - reasonRoom;
  if (Buffer.byteLength(whole) <= room) return whole;
  const ending = `~${hash("sha256", path, "hex").slice(0, 16)}`;
  return (
    new TextDecoder().decode(Buffer.from(whole).subarray(0, room - ending.length)).replace(/\ufffd+$/, "") +
    ending
  );
}

/** Snapshots in S3. What breaks off while it is read goes on where it ended. */
export function s3Snapshots(client: S3Client, clock: Clock, { wait }: { readonly wait: Wait }): Snapshots {
  // Without versions what the key holds may be another snapshot by now, which has an event of its own.
  const address = ({ bucket, key, versionId, etag }: SnapshotVersion) => ({
    Bucket: bucket,
    Key: key,
    ...(versionId !== undefined && { VersionId: versionId }),
    ...(!isOneOfMany(versionId) && etag !== undefined && { IfMatch: `"${etag}"` }),
  });

  return {
    async open(version) {
      try {
        const { Body, ContentType, ContentLength, ETag } = await client.send(
          new GetObjectCommand(address(version)),
        );
        return {
          chunks: readOn(version, Body as AsyncIterable<Uint8Array>, ContentLength, ETag),
          ...(ContentType !== undefined && { contentType: ContentType }),
          ...(ContentLength !== undefined && { size: ContentLength }),
        };
      } catch (error) {
        throw isGone(error) ? goneError(version, error) : error;
      }
    },

    async quarantine(version, reason) {
      const key = quarantineKey(version.key);
      const copy = await copyTo(key, version);
      await client.send(
        new PutObjectCommand({
          Bucket: version.bucket,
          Key: reasonKey(key, reason),
          Body: `${JSON.stringify(report(version, reason, copy, clock.now()), undefined, 2)}\n`,
          ContentType: "application/json; charset=utf-8",
        }),
      );
    },
  };

  /** The rest of an object that broke off is asked for by its range (Amazon S3 API Reference, `GetObject`). */
  async function* readOn(
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
        if (offset > start) attempt = 1;
        const milliseconds = wait(attempt, false);
        // A body that is whole and fails has another checksum than it should have.
        if (offset >= size || milliseconds === undefined) throw error;
        await clock.sleep(milliseconds);
      }
      const range = { Range: `bytes=${offset}-`, ...(etag !== undefined && { IfMatch: etag }) };
      const { Body } = await client.send(new GetObjectCommand({ ...address(version), ...range }));
      body = Body as AsyncIterable<Uint8Array>;
    }
  }

  /** `undefined` when there is nothing left to copy. */
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
          ...(!isOneOfMany(version.versionId) &&
            version.etag !== undefined && { CopySourceIfMatch: `"${version.etag}"` }),
          // An uploader's tags are left behind: to copy them takes permissions that nothing else here needs.
          TaggingDirective: "REPLACE",
        }),
      );
      return { copy: to, ...(VersionId !== undefined && { copyVersion: VersionId }) };
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }
}

/** In a bucket that keeps no versions there is one with the name `null` (Amazon S3 User Guide, 'How S3 Versioning works'). */
const isOneOfMany = (versionId: string | undefined): boolean =>
  versionId !== undefined && versionId !== "null";

/** The function's role may list the bucket, so that a missing object is a 404 and not the 403 of a missing permission. */
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

/** Where a copy lies. */
interface Copy {
  readonly copy: string;
  readonly copyVersion?: string;
}

function report(version: SnapshotVersion, reason: QuarantineReason, copy: Copy | undefined, now: number) {
  const { code, found, expected, hint, message } = reason;
  return {
    code,
    found,
    expected,
    hint,
    // A message that was refused counts as sent; nothing but --resend sends it again.
    replay: `npm run -s feedbell -- replay ${quoted(quarantineKey(version.key))}${message ? " --resend" : ""}`,
    ...(message && { message }),
    snapshot: version,
    ...copy,
    at: new Date(now).toISOString(),
  };
}

/** One word for a shell (POSIX, Shell Command Language, 2.2.2): a key may hold anything, and the command is there to be copied. */
const quoted = (key: string): string =>
  /^[\w./~=+@%-]+$/.test(key) ? key : `'${key.replaceAll("'", String.raw`'\''`)}'`;
