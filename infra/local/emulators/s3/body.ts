import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import type { IncomingHttpHeaders } from "node:http";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32 } from "node:zlib";
import { decodeAwsChunked } from "./aws-chunked.ts";
import { S3Error } from "./errors.ts";

/** The bytes of an object on disk. Copies share them; the files are reference-counted. */
export interface StoredBody {
  readonly files: readonly BodyFile[];
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  /** Header name and value of the client's checksum of the whole object. */
  readonly checksum?: readonly [string, string];
}

interface BodyFile {
  readonly path: string;
  readonly size: number;
  references: number;
}

/** Limit of a single PUT and of a part (Amazon S3 user guide, "Multipart upload limits"). */
const maxPutBytes = 5 * 1024 ** 3;

const checksumHeaders = ["crc32", "crc32c", "crc64nvme", "sha1", "sha256"].map(
  (algorithm) => `x-amz-checksum-${algorithm}`,
);

/**
 * Streams a request's payload to a file and verifies its length and checksums: Content-MD5, `x-amz-content-sha256`,
 * and the CRC32, SHA-1 and SHA-256 forms of `x-amz-checksum-*`, in headers or trailers. CRC32C and CRC64NVME are stored
 * but not verified, because Node implements neither.
 */
export async function receiveBody(
  source: AsyncIterable<Buffer>,
  headers: IncomingHttpHeaders,
  directory: string,
): Promise<StoredBody> {
  const chunked = isChunked(headers);
  const trailers = new Map<string, string>();
  const payload = chunked ? decodeAwsChunked(source, trailers) : source;
  const file = path.join(directory, randomUUID());
  const checksums = openChecksums(headers);
  let size = 0;
  async function* counted() {
    for await (const piece of payload) {
      size += piece.length;
      if (size > maxPutBytes)
        throw new S3Error(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size.");
      checksums.update(piece);
      yield piece;
    }
  }
  try {
    await pipeline(counted, createWriteStream(file));
    const etag = checksums.verify({ headers, trailers, chunked, size });
    const checksum = checksumHeaders
      .map((name) => [name, trailers.get(name) ?? single(headers[name])] as const)
      .find((pair): pair is [string, string] => pair[1] !== undefined);
    return { files: [{ path: file, size, references: 1 }], size, etag, ...(checksum && { checksum }) };
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

function isChunked(headers: IncomingHttpHeaders): boolean {
  return (
    (headers["content-encoding"] ?? "").split(",").some((coding) => coding.trim() === "aws-chunked") ||
    (single(headers["x-amz-content-sha256"]) ?? "").startsWith("STREAMING-")
  );
}

function openChecksums(headers: IncomingHttpHeaders) {
  const md5 = createHash("md5");
  const declared = single(headers["x-amz-content-sha256"]) ?? "";
  const trailer = single(headers["x-amz-trailer"]) ?? "";
  const names = [...checksumHeaders.filter((name) => headers[name] !== undefined), trailer.toLowerCase()];
  const needsSha256 = /^[0-9a-f]{64}$/.test(declared) || names.includes("x-amz-checksum-sha256");
  const sha256 = needsSha256 ? createHash("sha256") : undefined;
  const sha1 = names.includes("x-amz-checksum-sha1") ? createHash("sha1") : undefined;
  let crc = 0;

  return {
    update(piece: Buffer): void {
      md5.update(piece);
      sha256?.update(piece);
      sha1?.update(piece);
      crc = crc32(piece, crc);
    },

    /** Returns the ETag; throws on the first mismatch between the request's headers and its bytes. */
    verify(request: {
      headers: IncomingHttpHeaders;
      trailers: ReadonlyMap<string, string>;
      chunked: boolean;
      size: number;
    }): string {
      const length =
        single(request.headers["x-amz-decoded-content-length"]) ?? request.headers["content-length"];
      if (length !== undefined && !(request.chunked && !request.headers["x-amz-decoded-content-length"])) {
        expectSame("IncompleteBody", "the number of bytes", length, String(request.size));
      }
      const digest = md5.digest();
      const crcBytes = Buffer.alloc(4);
      crcBytes.writeUInt32BE(crc);
      const sha256Digest = sha256?.digest();
      const given = (name: string) => request.trailers.get(name) ?? single(request.headers[name]);
      expectSame("BadDigest", "Content-MD5", given("content-md5"), digest.toString("base64"));
      expectSame("BadDigest", "CRC32", given("x-amz-checksum-crc32"), crcBytes.toString("base64"));
      expectSame("BadDigest", "SHA-1", given("x-amz-checksum-sha1"), sha1?.digest("base64"));
      expectSame("BadDigest", "SHA-256", given("x-amz-checksum-sha256"), sha256Digest?.toString("base64"));
      if (/^[0-9a-f]{64}$/.test(declared)) {
        expectSame(
          "XAmzContentSHA256Mismatch",
          "x-amz-content-sha256",
          declared,
          sha256Digest?.toString("hex"),
        );
      }
      return digest.toString("hex");
    },
  };
}

function expectSame(
  code: string,
  what: string,
  given: string | undefined,
  computed: string | undefined,
): void {
  if (given === undefined || computed === undefined || given === computed) return;
  throw new S3Error(
    400,
    code,
    `The ${what} you specified (${given}) did not match what we received (${computed}).`,
  );
}

export function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}

/** Joins parts to one body without copying; the ETag is that of a multipart object. */
export function joinBodies(parts: readonly StoredBody[]): StoredBody {
  const digests = Buffer.concat(parts.map((part) => Buffer.from(part.etag, "hex")));
  return {
    files: parts.flatMap((part) => part.files),
    size: parts.reduce((sum, part) => sum + part.size, 0),
    etag: `${createHash("md5").update(digests).digest("hex")}-${parts.length}`,
  };
}

/** Streams the bytes from `start` (inclusive) to `end` (exclusive). */
export function readBody(body: StoredBody, start = 0, end = body.size): Readable {
  async function* pieces() {
    let offset = 0;
    for (const file of body.files) {
      const from = Math.max(start - offset, 0);
      const to = Math.min(end - offset, file.size);
      if (from < to)
        yield* createReadStream(file.path, { start: from, end: to - 1 }) as AsyncIterable<Buffer>;
      offset += file.size;
    }
  }
  return Readable.from(pieces(), { objectMode: false });
}

export function retainBody(body: StoredBody): StoredBody {
  for (const file of body.files) file.references += 1;
  return body;
}

export async function releaseBody(body: StoredBody): Promise<void> {
  for (const file of body.files) {
    file.references -= 1;
    if (file.references === 0) await rm(file.path, { force: true });
  }
}
