import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { PutObjectCommand, S3Client, type PutObjectCommandInput } from "@aws-sdk/client-s3";

/** Uploads snapshots with the real S3 client. */
export interface Uploader {
  /** Returns the version id of the new object. */
  put(key: string, body: NonNullable<PutObjectCommandInput["Body"]>, size?: number): Promise<string>;
  putFile(key: string, file: string): Promise<string>;
  close(): void;
}

const silent = () => undefined;

export function openUploader(endpoint: string, region: string, bucket: string): Uploader {
  const client = new S3Client({
    // The default logger prints errors to the console in addition to rejecting.
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    endpoint,
    region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    forcePathStyle: true,
  });
  async function put(key: string, body: NonNullable<PutObjectCommandInput["Body"]>, size?: number) {
    const command = new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: body,
      ...(size !== undefined && { ContentLength: size }),
    });
    return (await client.send(command)).VersionId ?? "null";
  }
  return {
    put,
    async putFile(key, file) {
      const { size } = await stat(file);
      return put(key, createReadStream(file), size);
    },
    close: () => client.destroy(),
  };
}
