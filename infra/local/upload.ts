import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { PutObjectCommand, S3Client, type PutObjectCommandInput } from "@aws-sdk/client-s3";

/** Uploads with the real client, as anybody outside would. */
export interface Uploader {
  /** Returns the new object's version. */
  put(key: string, body: NonNullable<PutObjectCommandInput["Body"]>, size?: number): Promise<string>;
  putFile(key: string, file: string): Promise<string>;
  close(): void;
}

const silent = () => undefined;

export function openUploader(endpoint: string, region: string, bucket: string): Uploader {
  const client = new S3Client({
    // Without one of its own the client writes to the console what it rejects with as well.
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
