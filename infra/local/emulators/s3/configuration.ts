import { createBucket, requireBucket } from "./buckets.ts";
import { S3Error } from "./errors.ts";
import { readText, xmlReply, type S3Context, type S3Reply, type S3Request } from "./exchange.ts";
import { element, leaf, readElements, xmlDocument } from "./xml.ts";

export function putBucket(context: S3Context, request: S3Request): S3Reply {
  createBucket(context.buckets, request.bucket ?? "");
  return { status: 200, headers: { location: `/${request.bucket}` } };
}

export function headBucket(context: S3Context, request: S3Request): S3Reply {
  requireBucket(context.buckets, request.bucket ?? "");
  return { status: 200, headers: { "x-amz-bucket-region": context.region } };
}

export function deleteBucket(context: S3Context, request: S3Request): S3Reply {
  const bucket = requireBucket(context.buckets, request.bucket ?? "");
  if (bucket.objects.size > 0) {
    throw new S3Error(409, "BucketNotEmpty", "The bucket you tried to delete is not empty.");
  }
  context.buckets.delete(bucket.name);
  return { status: 204 };
}

export function getLocation(context: S3Context, request: S3Request): S3Reply {
  requireBucket(context.buckets, request.bucket ?? "");
  return xmlReply(xmlDocument("LocationConstraint", context.region === "us-east-1" ? "" : context.region));
}

export function getVersioning(context: S3Context, request: S3Request): S3Reply {
  const bucket = requireBucket(context.buckets, request.bucket ?? "");
  return xmlReply(xmlDocument("VersioningConfiguration", bucket.versioned ? leaf("Status", "Enabled") : ""));
}

/** Enables versioning. Suspending it is not implemented, because this project never does that. */
export async function putVersioning(context: S3Context, request: S3Request): Promise<S3Reply> {
  const bucket = requireBucket(context.buckets, request.bucket ?? "");
  const status = readElements(await readText(request.body), "VersioningConfiguration")[0]?.get("Status");
  if (status !== "Enabled") {
    throw new S3Error(
      501,
      "NotImplemented",
      `The local S3 supports only the versioning status Enabled, not ${status}.`,
    );
  }
  bucket.versioned = true;
  return { status: 200 };
}

export function getNotifications(context: S3Context, request: S3Request): S3Reply {
  const bucket = requireBucket(context.buckets, request.bucket ?? "");
  const rules = bucket.notifications.map((rule) =>
    element(
      "QueueConfiguration",
      leaf("Id", rule.id),
      leaf("Queue", rule.queueArn),
      ...rule.events.map((event) => leaf("Event", event)),
      element(
        "Filter",
        element(
          "S3Key",
          element("FilterRule", leaf("Name", "prefix"), leaf("Value", rule.prefix)),
          element("FilterRule", leaf("Name", "suffix"), leaf("Value", rule.suffix)),
        ),
      ),
    ),
  );
  return xmlReply(xmlDocument("NotificationConfiguration", ...rules));
}
