import { expect, test } from "vitest";
import { describeAddresses, uploadHint } from "../../../infra/local/addresses.ts";

const names = {
  endpoint: "http://127.0.0.1:8026",
  region: "us-east-1",
  bucket: "feedbell-snapshots",
  topics: { alerts: "arn:aws:sns:us-east-1:000000000000:feedbell-alerts" },
  queues: { intake: "", deadLetter: "", outbox: "", outboxDeadLetter: "", slots: "" },
  table: "feedbell",
  inbox: "http://127.0.0.1:8025",
  drop: "/project/.feedbell/drop",
};

test("prints the page, the drop folder, first commands, and a line each for the variables, upload, subscribe and the topics", () => {
  expect(describeAddresses(names, ".feedbell/drop").split("\n")).toEqual([
    "",
    "  feedbell is running. Press Ctrl-C to stop.",
    "",
    "  Inbox      http://127.0.0.1:8025",
    "  Drop       .feedbell/drop/<feed>/",
    "  Commands   npx feedbell upload FILE --feed my-feed",
    "             npx feedbell status",
    "             npx feedbell --help",
    "  AWS        export AWS_ENDPOINT_URL=http://127.0.0.1:8026 AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local",
    "  Upload     aws --endpoint-url http://127.0.0.1:8026 s3 cp FILE s3://feedbell-snapshots/snapshots/my-feed/",
    "  Subscribe  aws --endpoint-url http://127.0.0.1:8026 sns subscribe --protocol email --notification-endpoint me@example.org --topic-arn TOPIC",
    "  Topics     arn:aws:sns:us-east-1:000000000000:feedbell-alerts",
    "",
  ]);
});

test("lists eight topics and counts the others", () => {
  const topics = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`a${i}`, `arn:topic-${i}`]));
  const lines = describeAddresses({ ...names, topics }, "drop").split("\n");
  expect(lines.filter((line) => line.includes("arn:topic-"))).toHaveLength(8);
  expect(lines.at(-2)).toBe("             3 more: npx feedbell subscribers");
});

test("the page's upload line needs no variables of the terminal", () => {
  expect(uploadHint(names)).toMatch(
    /^AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local aws --endpoint-url /,
  );
});
