import { randomBytes } from "node:crypto";
import type { StoredBody } from "./body.ts";
import { noSuchBucket, noSuchKey, S3Error } from "./errors.ts";

export interface Bucket {
  readonly name: string;
  readonly created: Date;
  versioned: boolean;
  notifications: readonly QueueNotification[];
  /** Versions of each key, newest first; a key without versions is not in the map. */
  readonly objects: Map<string, Version[]>;
  readonly uploads: Map<string, Upload>;
}

export interface Version {
  readonly key: string;
  /** The string `null` in a bucket without versioning. */
  readonly versionId: string;
  readonly modified: Date;
  /** Absent for a delete marker. */
  readonly body?: StoredBody;
  /** Stored response headers: content type, encoding, cache control, user metadata. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Upload {
  readonly id: string;
  readonly key: string;
  readonly started: Date;
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: Map<number, StoredBody>;
}

export interface QueueNotification {
  readonly id: string;
  readonly queueArn: string;
  /** For example `s3:ObjectCreated:*`. */
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

/** All buckets of one local stack. */
export type Buckets = Map<string, Bucket>;

/** Amazon S3 user guide, "General purpose buckets naming rules". */
const bucketName = /^(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export function createBucket(buckets: Buckets, name: string): Bucket {
  if (!bucketName.test(name)) {
    throw new S3Error(400, "InvalidBucketName", `The specified bucket is not valid: ${name}`);
  }
  const existing = buckets.get(name);
  if (existing) return existing;
  const bucket: Bucket = {
    name,
    created: new Date(),
    versioned: false,
    notifications: [],
    objects: new Map(),
    uploads: new Map(),
  };
  buckets.set(name, bucket);
  return bucket;
}

export function requireBucket(buckets: Buckets, name: string): Bucket {
  const bucket = buckets.get(name);
  if (!bucket) throw noSuchBucket(name);
  return bucket;
}

const currentVersion = (bucket: Bucket, key: string): Version | undefined => bucket.objects.get(key)?.[0];

/** Returns the current object of a key; `undefined` if it is deleted. */
export function currentObject(bucket: Bucket, key: string): (Version & { body: StoredBody }) | undefined {
  const version = currentVersion(bucket, key);
  return version?.body && { ...version, body: version.body };
}

/** Returns the requested version, or the current one. Throws the errors that S3 returns if it does not exist. */
export function requireVersion(
  bucket: Bucket,
  key: string,
  versionId?: string,
): Version & { body: StoredBody } {
  const version = versionId === undefined ? currentVersion(bucket, key) : findVersion(bucket, key, versionId);
  if (version === undefined) {
    if (versionId === undefined) throw noSuchKey(key);
    throw new S3Error(404, "NoSuchVersion", `The specified version does not exist: ${versionId} of ${key}`);
  }
  if (!version.body) {
    const marker = { "x-amz-delete-marker": "true", "x-amz-version-id": version.versionId };
    if (versionId === undefined) throw new S3Error(404, "NoSuchKey", `The key is deleted: ${key}`, marker);
    throw new S3Error(405, "MethodNotAllowed", "The specified version is a delete marker.", marker);
  }
  return { ...version, body: version.body };
}

export function findVersion(bucket: Bucket, key: string, versionId: string): Version | undefined {
  return bucket.objects.get(key)?.find((version) => version.versionId === versionId);
}

/** Generates a version id: opaque, URL-safe, as long as those of S3. */
export const newVersionId = (bucket: Bucket): string =>
  bucket.versioned ? randomBytes(24).toString("base64url") : "null";

/** Adds a version as the newest. Without versioning it replaces the previous one, which is returned. */
export function pushVersion(bucket: Bucket, version: Version): Version[] {
  const versions = bucket.objects.get(version.key) ?? [];
  const replaced = versions.filter((old) => old.versionId === version.versionId);
  bucket.objects.set(version.key, [version, ...versions.filter((old) => !replaced.includes(old))]);
  return replaced;
}
