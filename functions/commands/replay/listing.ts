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

/** Keys may have characters that XML can't carry, so they are asked for in the form of URLs (Amazon S3 API Reference, `EncodingType`). */
const decode = (key: string): string => decodeURIComponent(key.replaceAll("+", " "));

/** What consoles create as a folder is an empty object. */
const isFolder = (key: string, size: number | undefined): boolean => key.endsWith("/") && size === 0;

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
        key: decode(Key),
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
      KeyMarker: decode(NextKeyMarker),
      ...(NextVersionIdMarker !== undefined && { VersionIdMarker: NextVersionIdMarker }),
    };
  }
}
