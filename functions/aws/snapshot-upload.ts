import {
  HeadObjectCommand,
  PutObjectCommand,
  S3ServiceException,
  type PutObjectCommandInput,
  type S3Client,
} from "@aws-sdk/client-s3";

/** The content of a file in the forms in which S3 states that of an object. */
export interface Digests {
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal digits. */
  readonly md5: string;
  /** Base64. */
  readonly sha256: string;
}

interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
}

/**
 * Whether the current object of a key has this content: by the SHA-256 that `putSnapshot` stores, else by the ETag, which is
 * the MD5 of an object that was uploaded in one part and is not encrypted with KMS (Amazon S3 API Reference, `Object`,
 * `ETag`). `false` also where the object can't be read, because it is absent or the caller may only write.
 */
export async function hasContent(
  s3: S3Client,
  { bucket, key }: ObjectPlace,
  { size, md5, sha256 }: Digests,
): Promise<boolean> {
  try {
    const command = new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: "ENABLED" });
    const { ContentLength, ETag, ChecksumSHA256 } = await s3.send(command);
    return ContentLength === size && (ChecksumSHA256 === sha256 || ETag?.replaceAll('"', "") === md5);
  } catch (error) {
    const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
    // Without s3:ListBucket S3 answers 403 for an absent object too (Amazon S3 API Reference, `HeadObject`).
    if (status === 404 || status === 403) return false;
    throw error;
  }
}

/**
 * Uploads an object in one request and returns its version id; `undefined` in a bucket without versions. S3 refuses a body
 * that is not what `digests` say, and one above 5 GiB.
 */
export async function putSnapshot(
  s3: S3Client,
  { bucket, key }: ObjectPlace,
  body: NonNullable<PutObjectCommandInput["Body"]>,
  { size, sha256 }: Digests,
): Promise<string | undefined> {
  const reply = await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: body,
      ContentLength: size,
      ChecksumSHA256: sha256,
    }),
  );
  return reply.VersionId;
}
