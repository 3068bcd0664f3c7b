/** An SNS error with a code and status of the SNS API reference, "Common errors" and each action's "Errors". */
export class SnsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = "SnsError";
    this.code = code;
    this.status = status;
  }
}

export const invalidParameter = (message: string) =>
  new SnsError("InvalidParameter", `Invalid parameter: ${message}`);

export const notFound = (what: string) => new SnsError("NotFound", `${what} does not exist`, 404);
