import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  S3ServiceException,
  type S3Client,
} from "@aws-sdk/client-s3";
import { decodeKey, isFolder } from "./object-keys.ts";

/** One version of one object; without `versionId` its current version. */
export interface ObjectVersion {
  readonly key: string;
  readonly versionId?: string;
}

export interface ListedVersion extends ObjectVersion {
  /** Time of the upload, epoch milliseconds. */
  readonly at: number;
  /** Bytes. */
  readonly size?: number;
  /** Without quotation marks. */
  readonly etag?: string;
  readonly isCurrent: boolean;
}

/**
 * Every version of every key under a prefix, ordered by key and newest first; folders are skipped. Keys may contain
 * characters that XML can't represent, so the response is requested URL-encoded (Amazon S3 API Reference,
 * `ListObjectVersions`, `EncodingType`). A page may end within the versions of one key.
 */
export async function* listVersions(
  s3: S3Client,
  Bucket: string,
  Prefix: string,
): AsyncGenerator<ListedVersion> {
  let from: { readonly KeyMarker?: string; readonly VersionIdMarker?: string } = {};
  for (;;) {
    const page = await s3.send(
      new ListObjectVersionsCommand({ Bucket, Prefix, EncodingType: "url", ...from }),
    );
    for (const { Key, LastModified, Size, VersionId, ETag, IsLatest } of page.Versions ?? []) {
      if (Key === undefined || isFolder(Key, Size)) continue;
      yield {
        key: decodeKey(Key),
        at: LastModified?.getTime() ?? 0,
        isCurrent: IsLatest === true,
        ...(Size !== undefined && { size: Size }),
        ...(VersionId !== undefined && { versionId: VersionId }),
        ...(ETag !== undefined && { etag: ETag.replaceAll('"', "") }),
      };
    }
    const { IsTruncated, NextKeyMarker, NextVersionIdMarker } = page;
    if (!IsTruncated || NextKeyMarker === undefined) return;
    from = {
      KeyMarker: decodeKey(NextKeyMarker),
      ...(NextVersionIdMarker !== undefined && { VersionIdMarker: NextVersionIdMarker }),
    };
  }
}

/** The text of a version; `undefined` if it does not exist. */
export async function readVersion(
  s3: S3Client,
  Bucket: string,
  version: ObjectVersion,
): Promise<string | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, ...address(version) }));
    return (await Body?.transformToString()) ?? "";
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

export async function versionExists(s3: S3Client, Bucket: string, version: ObjectVersion): Promise<boolean> {
  try {
    await s3.send(new HeadObjectCommand({ Bucket, ...address(version) }));
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

/** Copies a version to the key `to` of the same bucket; S3 announces the copy like an upload. */
export async function copyVersion(
  s3: S3Client,
  Bucket: string,
  { key, versionId }: ObjectVersion,
  to: string,
): Promise<void> {
  const from = `${Bucket}/${key}`.split("/").map(encodeURIComponent).join("/");
  const query = versionId === undefined ? "" : `?versionId=${encodeURIComponent(versionId)}`;
  await s3.send(new CopyObjectCommand({ Bucket, Key: to, CopySource: from + query }));
}

/** Deletes this version permanently; without `versionId` it adds a delete marker. */
export async function deleteVersion(s3: S3Client, Bucket: string, version: ObjectVersion): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket, ...address(version) }));
}

const address = ({ key, versionId }: ObjectVersion) => ({
  Key: key,
  ...(versionId !== undefined && { VersionId: versionId }),
});

const isNotFound = (error: unknown): boolean =>
  error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404;
