import { decodeKey, isFolder } from "../../aws/object-keys.ts";
import { ListObjectVersionsCommand, type S3Client } from "@aws-sdk/client-s3";

export interface ListedVersion {
  readonly key: string;
  /** When it was uploaded, epoch milliseconds. */
  readonly at: number;
  readonly size?: number;
  readonly versionId?: string;
  /** Without quotation marks. */
  readonly etag?: string;
  readonly isCurrent: boolean;
}

/**
 * Every version of every key under a prefix, by key, the newest first. A page goes on where the last one ended,
 * within a key too (Amazon S3 API Reference, `ListObjectVersions`).
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
