import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { App, type Stack, Validations } from "aws-cdk-lib";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { afterEach, describe, expect, it, vi } from "vitest";
import { parseConfiguration, readContext } from "../../infra/config/configuration.ts";
import { FeedbellStack } from "../../infra/stack.ts";
import { folder } from "../support/synthesized.ts";

/** The rules of a pack that the stack breaks without an acknowledgement, each with its constructs. */
function broken(feedbell: unknown, change?: (stack: Stack) => void): readonly string[] {
  const bundle = folder();
  for (const name of ["ingest", "deliver", "digest", "watch"]) mkdirSync(join(bundle, name));
  const app = new App({ context: { ...readContext() }, outdir: folder() });
  const stack = new FeedbellStack(app, parseConfiguration(feedbell), bundle);
  change?.(stack);
  // A policy is complete only after the synthesis.
  app.synth();
  return [new AwsSolutionsChecks(stack), new ServerlessChecks(stack)].flatMap((pack) =>
    pack
      .validateScope(stack)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
      ),
  );
}

const scheduled = [
  { name: "alerts", mode: "alerts", quietHours: "22:00-07:00" },
  { name: "morning", mode: "digest", schedule: "daily 07:00" },
];

describe("the check", () => {
  it("finds what is not acknowledged", () => {
    const found = broken({}, (stack) => new Queue(stack, "Extra"));
    expect(found).toEqual([
      expect.stringMatching(/^AwsSolutions-SQS3 at .*Extra/),
      expect.stringMatching(/^AwsSolutions-SQS4 at .*Extra/),
      expect.stringMatching(/^Serverless-SQSRedrivePolicy at .*Extra/),
    ]);
  });
});

const everything = {
  audiences: scheduled,
  deployment: {
    encryption: "customer",
    accessLogs: true,
    tracing: true,
    operators: ["ops@example.org"],
  },
};

describe("cdk-nag's rules for AWS solutions and serverless applications", () => {
  it.each<[string, object]>([
    ["the defaults", {}],
    ["a minimal stack", { audiences: [{ name: "alerts", mode: "alerts" }] }],
    ["operators", { deployment: { operators: ["ops@example.org"] } }],
    ["tracing and schedules", { audiences: scheduled, deployment: { tracing: true } }],
    ["everything, with the customer's key", everything],
    [
      "adopted resources",
      { deployment: { adopt: { bucket: "old-snapshots", table: "old-ledger", topics: ["alerts"] } } },
    ],
  ])("hold or are acknowledged with a reason: %s", (_, feedbell) => {
    expect(broken(feedbell)).toEqual([]);
  });
});

describe("an acknowledgement", () => {
  afterEach(() => vi.restoreAllMocks());

  it("is there only for a rule that does not hold", () => {
    const acknowledged = vi.spyOn(Validations.prototype, "acknowledge").mockReturnValue();
    const rules = new Set(broken(everything).map((line) => line.split(" at ")[0]));
    const ids = acknowledged.mock.calls.flatMap((given) => given.map(({ id }) => id));
    expect(ids.length).toBeGreaterThan(10);
    expect(ids.filter((id) => !rules.has(id))).toEqual([]);
  });
});
