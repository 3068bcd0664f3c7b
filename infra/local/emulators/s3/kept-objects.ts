import { mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { StoredBody } from "./body.ts";
import type { Bucket, Buckets, QueueNotification, Version } from "./buckets.ts";

/** A version as it is kept between starts: its body is named by its files. */
interface KeptVersion extends Pick<Version, "key" | "versionId" | "headers"> {
  /** ISO 8601. */
  readonly modified: string;
  readonly body?: Omit<StoredBody, "files"> & {
    readonly files: readonly { readonly name: string; readonly size: number }[];
  };
}

/** A bucket as it is kept between starts. Multipart uploads that are not complete are not kept. */
export interface KeptBucket {
  readonly name: string;
  /** ISO 8601. */
  readonly created: string;
  readonly versioned: boolean;
  readonly notifications: readonly QueueNotification[];
  /** Newest first within each key. */
  readonly versions: readonly KeptVersion[];
}

export const keepBuckets = (buckets: Buckets): readonly KeptBucket[] =>
  [...buckets.values()].map(({ name, created, versioned, notifications, objects }) => ({
    name,
    created: created.toISOString(),
    versioned,
    notifications,
    versions: [...objects.values()].flat().map(({ modified, body, ...version }) => ({
      ...version,
      modified: modified.toISOString(),
      ...(body && {
        body: {
          ...body,
          files: body.files.map((file) => ({ name: path.basename(file.path), size: file.size })),
        },
      }),
    })),
  }));

/** Restores buckets whose bodies are in the folder, and removes files that no object has. */
export function restoreBuckets(buckets: Buckets, kept: readonly KeptBucket[], directory: string): void {
  const files = new Map<string, StoredBody["files"][number]>();
  const bodyOf = ({ files: named, ...body }: NonNullable<KeptVersion["body"]>): StoredBody => ({
    ...body,
    files: named.map(({ name, size }) => {
      const file = files.get(name) ?? { path: path.join(directory, name), size, references: 0 };
      files.set(name, file);
      file.references += 1;
      return file;
    }),
  });
  for (const { created, versions, ...rest } of kept) {
    const bucket: Bucket = { ...rest, created: new Date(created), objects: new Map(), uploads: new Map() };
    for (const { modified, body, ...version } of versions) {
      const restored = { ...version, modified: new Date(modified), ...(body && { body: bodyOf(body) }) };
      bucket.objects.set(version.key, [...(bucket.objects.get(version.key) ?? []), restored]);
    }
    buckets.set(bucket.name, bucket);
  }
  mkdirSync(directory, { recursive: true });
  for (const name of readdirSync(directory)) if (!files.has(name)) rmSync(path.join(directory, name));
}
