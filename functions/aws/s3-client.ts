import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";

/** An S3 client. A configured endpoint needs the bucket in the path, because its host name has no subdomains. */
export function s3Client(settings: S3ClientConfig): S3Client {
  const endpoint = settings.endpoint ?? process.env["AWS_ENDPOINT_URL_S3"] ?? process.env["AWS_ENDPOINT_URL"];
  return new S3Client({ ...settings, forcePathStyle: Boolean(endpoint) });
}
