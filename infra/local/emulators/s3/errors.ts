/** An S3 error: an HTTP status and a code of the Amazon S3 API reference, "Error responses". */
export class S3Error extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = "S3Error";
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export const noSuchBucket = (name: string) =>
  new S3Error(404, "NoSuchBucket", `The specified bucket does not exist: ${name}`);

export const noSuchKey = (key: string) =>
  new S3Error(404, "NoSuchKey", `The specified key does not exist: ${key}`);

export const preconditionFailed = (condition: string) =>
  new S3Error(
    412,
    "PreconditionFailed",
    `At least one of the preconditions you specified did not hold: ${condition}`,
  );

export const invalidArgument = (message: string) => new S3Error(400, "InvalidArgument", message);

/** The error for an operation or option that the emulator does not implement; nothing is silently ignored. */
export const notImplemented = (what: string) =>
  new S3Error(501, "NotImplemented", `The local S3 does not implement ${what}.`);
