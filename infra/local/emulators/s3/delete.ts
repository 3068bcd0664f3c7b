import { releaseBody } from "./body.ts";
import {
  findVersion,
  newVersionId,
  pushVersion,
  requireBucket,
  type Bucket,
  type Version,
} from "./buckets.ts";
import { S3Error } from "./errors.ts";
import { readText, xmlReply, type S3Context, type S3Reply, type S3Request } from "./exchange.ts";
import { notify } from "./notifications.ts";
import { element, leaf, readElements, xmlDocument } from "./xml.ts";

interface Deleted {
  readonly key: string;
  readonly versionId?: string;
  /** Version id of the delete marker that was written or removed. */
  readonly marker?: string;
}

/** With a version id, deletes that version. Without one, writes a delete marker or, without versioning, deletes the object. */
async function remove(context: S3Context, bucket: Bucket, key: string, versionId?: string): Promise<Deleted> {
  if (versionId === undefined && bucket.versioned) {
    const version: Version = { key, versionId: newVersionId(bucket), modified: new Date(), headers: {} };
    pushVersion(bucket, version);
    await notify(context, bucket, { name: "ObjectRemoved:DeleteMarkerCreated", version });
    return { key, marker: version.versionId };
  }
  const version = findVersion(bucket, key, versionId ?? "null");
  if (!version) return { key, ...(versionId && { versionId }) };
  const left = (bucket.objects.get(key) ?? []).filter((other) => other !== version);
  if (left.length > 0) bucket.objects.set(key, left);
  else bucket.objects.delete(key);
  if (version.body) await releaseBody(version.body);
  await notify(context, bucket, { name: "ObjectRemoved:Delete", version });
  return { key, ...(versionId && { versionId }), ...(!version.body && { marker: version.versionId }) };
}

export async function deleteObject(
  context: S3Context,
  request: S3Request & { key: string },
): Promise<S3Reply> {
  const bucket = requireBucket(context.buckets, request.bucket ?? "");
  const done = await remove(context, bucket, request.key, request.query.get("versionId") ?? undefined);
  const versionId = done.versionId ?? done.marker;
  return {
    status: 204,
    headers: {
      ...(versionId && versionId !== "null" && { "x-amz-version-id": versionId }),
      ...(done.marker && { "x-amz-delete-marker": "true" }),
    },
  };
}

/** POST ?delete: at most 1,000 objects. */
export async function deleteObjects(context: S3Context, request: S3Request): Promise<S3Reply> {
  const bucket = requireBucket(context.buckets, request.bucket ?? "");
  const xml = await readText(request.body);
  const objects = readElements(xml, "Object");
  if (objects.length === 0 || objects.length > 1000) {
    throw new S3Error(400, "MalformedXML", `A request may delete 1 to 1000 objects, not ${objects.length}.`);
  }
  const quiet = readElements(xml, "Delete")[0]?.get("Quiet") === "true";
  const results: string[] = [];
  for (const object of objects) {
    const done = await remove(context, bucket, object.get("Key") ?? "", object.get("VersionId"));
    results.push(
      element(
        "Deleted",
        leaf("Key", done.key),
        done.versionId ? leaf("VersionId", done.versionId) : "",
        done.marker ? leaf("DeleteMarker", true) + leaf("DeleteMarkerVersionId", done.marker) : "",
      ),
    );
  }
  return xmlReply(xmlDocument("DeleteResult", ...(quiet ? [] : results)));
}
