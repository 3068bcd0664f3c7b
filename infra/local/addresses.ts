import type { StackNames } from "../../functions/console/live-stack.ts";

/** Most topics that are listed. */
const maxTopics = 8;

/** Variables for AWS CLI 1 and 2 and the SDKs. AWS CLI 1 reads only the second name of the region. */
const variables = ({ region }: Pick<StackNames, "region">): string =>
  `AWS_REGION=${region} AWS_DEFAULT_REGION=${region} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local`;

/** `aws` with the endpoint: AWS CLI 1 before 1.29 and 2 before 2.13 do not read `AWS_ENDPOINT_URL`. */
const aws = ({ endpoint }: Pick<StackNames, "endpoint">): string => `aws --endpoint-url ${endpoint}`;

const uploadLine = (names: StackNames): string =>
  `${aws(names)} s3 cp FILE s3://${names.bucket}/snapshots/my-feed/`;

/** A shell command that uploads a file with the AWS CLI, version 1 or 2, in any terminal. */
export const uploadHint = (names: StackNames): string => `${variables(names)} ${uploadLine(names)}`;

/** What `npm start` prints: the addresses, first commands, and lines for the AWS CLI. `drop`: the drop folder as it is shown. */
export function describeAddresses(names: StackNames, drop: string): string {
  const arns = Object.values(names.topics);
  const more = arns.length - maxTopics;
  const listed = [
    ...arns.slice(0, maxTopics),
    ...(more > 0 ? [`${more} more: npx feedbell subscribers`] : []),
  ];
  const rows: readonly (readonly [label: string, ...lines: string[]])[] = [
    ["Inbox", names.inbox],
    ["Drop", `${drop}/<feed>/`],
    ["Commands", "npx feedbell upload FILE --feed my-feed", "npx feedbell status", "npx feedbell --help"],
    ["AWS", `export AWS_ENDPOINT_URL=${names.endpoint} ${variables(names)}`],
    ["Upload", uploadLine(names)],
    [
      "Subscribe",
      `${aws(names)} sns subscribe --protocol email --notification-endpoint me@example.org --topic-arn TOPIC`,
    ],
    ["Topics", ...listed],
  ];
  const lines = rows.flatMap(([label, ...values]) =>
    values.map((value, i) => `  ${(i === 0 ? label : "").padEnd(11)}${value}`),
  );
  return ["", "  feedbell is running. Press Ctrl-C to stop.", "", ...lines, ""].join("\n");
}
