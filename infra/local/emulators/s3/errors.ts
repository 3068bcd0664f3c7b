/** A refusal in the form in which S3 gives it: an HTTP status and one of the codes of its API reference, "Error responses". */
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

/** What this emulator does not do is refused by name, never passed over in silence. */
export const notImplemented = (what: string) =>
  new S3Error(501, "NotImplemented", `The local S3 does not implement ${what}.`);
