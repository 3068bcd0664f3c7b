import { currentObject, requireBucket, type Bucket, type Version } from "./buckets.ts";
import { invalidArgument } from "./errors.ts";
import { xmlReply, type S3Context, type S3Reply, type S3Request } from "./exchange.ts";
import { element, leaf, xmlDocument } from "./xml.ts";

interface Page {
  /** In UTF-8 order. */
  readonly keys: readonly string[];
  /** Common prefixes up to the delimiter, in UTF-8 order. */
  readonly prefixes: readonly string[];
  /** The last key or prefix of this page, if there is another page. */
  readonly next?: string;
}

const compareBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Returns a page of the keys after `after`, with common prefixes grouped. */
function page(keys: readonly string[], query: URLSearchParams, after: string): Page {
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const limit = Number(query.get("max-keys") ?? 1000);
  if (!Number.isInteger(limit) || limit < 0)
    throw invalidArgument(`max-keys must be a non-negative integer: ${limit}`);
  const found = new Map<string, boolean>();
  for (const key of keys) {
    if (!key.startsWith(prefix)) continue;
    const cut = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
    found.set(cut < 0 ? key : key.slice(0, cut + delimiter.length), cut >= 0);
  }
  const names = [...found.keys()]
    .sort(compareBytes)
    .filter((name) => after === "" || compareBytes(name, after) > 0);
  const shown = names.slice(0, Math.min(limit, 1000));
  const last = shown.at(-1);
  return {
    keys: shown.filter((name) => !found.get(name)),
    prefixes: shown.filter((name) => found.get(name)),
    ...(shown.length < names.length && last !== undefined && { next: last }),
  };
}

function encoder(query: URLSearchParams): (text: string) => string {
  return query.get("encoding-type") === "url"
    ? (text) => encodeURIComponent(text).replaceAll("%2F", "/")
    : (text) => text;
}

function head(bucket: Bucket, query: URLSearchParams, found: Page): string {
  const encode = encoder(query);
  return [
    leaf("Name", bucket.name),
    leaf("Prefix", encode(query.get("prefix") ?? "")),
    query.has("delimiter") ? leaf("Delimiter", encode(query.get("delimiter") ?? "")) : "",
    query.has("encoding-type") ? leaf("EncodingType", "url") : "",
    leaf("MaxKeys", query.get("max-keys") ?? 1000),
    leaf("IsTruncated", found.next !== undefined),
    ...found.prefixes.map((prefix) => element("CommonPrefixes", leaf("Prefix", encode(prefix)))),
  ].join("");
}

function describe(version: Version, encode: (text: string) => string): string {
  return [
    leaf("Key", encode(version.key)),
    leaf("LastModified", version.modified.toISOString()),
    version.body ? leaf("ETag", `"${version.body.etag}"`) + leaf("Size", version.body.size) : "",
    version.body ? leaf("StorageClass", "STANDARD") : "",
  ].join("");
}

const liveKeys = (bucket: Bucket) => [...bucket.objects.keys()].filter((key) => currentObject(bucket, key));

function contents(bucket: Bucket, found: Page, encode: (text: string) => string): string {
  return found.keys
    .map((key) => currentObject(bucket, key))
    .filter((version) => version !== undefined)
    .map((version) => element("Contents", describe(version, encode)))
    .join("");
}

/** ListObjects, or ListObjectsV2 with `list-type=2`. */
export function listObjects(context: S3Context, request: S3Request): S3Reply {
  const { query } = request;
  const bucket = requireBucket(context.buckets, request.bucket ?? "");
  const encode = encoder(query);
  if (query.get("list-type") !== "2") {
    const marker = query.get("marker") ?? "";
    const found = page(liveKeys(bucket), query, marker);
    const next = found.next === undefined ? "" : leaf("NextMarker", encode(found.next));
    return xmlReply(
      xmlDocument(
        "ListBucketResult",
        head(bucket, query, found),
        leaf("Marker", encode(marker)),
        next,
        contents(bucket, found, encode),
      ),
    );
  }
  const token = query.get("continuation-token");
  const after =
    token === null ? (query.get("start-after") ?? "") : Buffer.from(token, "base64url").toString();
  const found = page(liveKeys(bucket), query, after);
  return xmlReply(
    xmlDocument(
      "ListBucketResult",
      head(bucket, query, found),
      leaf("KeyCount", found.keys.length + found.prefixes.length),
      token === null ? "" : leaf("ContinuationToken", token),
      found.next === undefined
        ? ""
        : leaf("NextContinuationToken", Buffer.from(found.next).toString("base64url")),
      contents(bucket, found, encode),
    ),
  );
}

/** ListObjectVersions; all versions of a key are on one page. */
export function listVersions(context: S3Context, request: S3Request): S3Reply {
  const { query } = request;
  const bucket = requireBucket(context.buckets, request.bucket ?? "");
  const encode = encoder(query);
  const found = page([...bucket.objects.keys()], query, query.get("key-marker") ?? "");
  const versions = found.keys.flatMap((key) =>
    (bucket.objects.get(key) ?? []).map((version, index) =>
      element(
        version.body ? "Version" : "DeleteMarker",
        describe(version, encode),
        leaf("VersionId", version.versionId),
        leaf("IsLatest", index === 0),
      ),
    ),
  );
  const next = found.next === undefined ? "" : leaf("NextKeyMarker", encode(found.next));
  return xmlReply(xmlDocument("ListVersionsResult", head(bucket, query, found), next, ...versions));
}

export function listBuckets(context: S3Context): S3Reply {
  const buckets = [...context.buckets.values()].map((bucket) =>
    element("Bucket", leaf("Name", bucket.name), leaf("CreationDate", bucket.created.toISOString())),
  );
  return xmlReply(xmlDocument("ListAllMyBucketsResult", element("Buckets", ...buckets)));
}
