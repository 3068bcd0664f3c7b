import { describe, expect, it } from "vitest";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import { deployed, foreignKey, type Account } from "../support/iam/account.ts";
import { decide, type Policies, type PolicyDocument } from "../support/iam/evaluate.ts";
import { mutantsOf } from "../support/iam/mutants.ts";
import { ledgerNeeds, rareCalls, recordedCalls, type FunctionLabel } from "../support/iam/needed.ts";
import { scenarios, type Scenario } from "../support/iam/scenarios.ts";
import { outputOf, resolved } from "../support/resolved.ts";
import { sdkCommands } from "../support/sdk-commands.ts";
import { synthesized } from "../support/synthesized.ts";

const audiences = [
  { name: "alerts", mode: "alerts" },
  { name: "digest", mode: "digest", schedule: "daily 07:00" },
];
const deployment = { stackName: "news" };

/** The answers that differ from what must be. */
const wrong = (all: readonly Scenario[], policies: Policies): readonly string[] =>
  all
    .map(({ expected, ...request }) => ({ expected, request, found: decide(request, policies) }))
    .filter(({ expected, found }) => expected !== found)
    .map(({ expected, found, request }) => `${JSON.stringify(request)}: ${found} instead of ${expected}`);

interface Feedbell {
  readonly audiences: readonly object[];
  readonly deployment: Readonly<Record<string, unknown>> & { readonly tracing?: boolean };
}

describe.each<[string, Feedbell]>([
  ["the usual stack", { audiences, deployment }],
  [
    "a stack with the customer's key, access logs, operators and tracing",
    {
      audiences,
      deployment: {
        ...deployment,
        encryption: "customer",
        accessLogs: true,
        operators: ["ops@example.org"],
        tracing: true,
      },
    },
  ],
])("%s", (_, feedbell) => {
  const stack = deployed(feedbell);
  const all = [...scenarios(stack, feedbell.deployment)];

  it("allows every needed request and no other, and denies those without TLS", () => {
    expect(all.filter(({ expected }) => expected === "allowed").length).toBeGreaterThan(60);
    expect(wrong(all, stack.policies)).toEqual([]);
  });

  it("has no role and no policy that the requests do not cover", () => {
    const found = [...resolved(synthesized(feedbell))].filter(([, { Type }]) => Type === "AWS::IAM::Role");
    expect(found.map(([id]) => id).toSorted()).toEqual(Object.values(stack.roles).toSorted());
    for (const [, { Properties }] of found)
      expect(Properties["ManagedPolicyArns"], "AWS's managed policies reach every resource").toBeUndefined();
  });

  it.each(documentsOf(stack))(
    "of %s no grant can be removed or widened without another answer",
    (_, document) => {
      const mutants = [...mutantsOf(document.document, document.kind)];
      const concerned = all.filter(document.concerns);
      const unnoticed = mutants.filter((mutant) => {
        const policies = document.replace(mutant.document);
        return concerned.every(({ expected, ...request }) => decide(request, policies) === expected);
      });
      expect(mutants.length).toBeGreaterThan(0);
      expect(unnoticed.map(({ change }) => change)).toEqual([]);
    },
  );
});

interface PlacedDocument {
  readonly document: PolicyDocument;
  readonly kind: "identity" | "resource";
  /** Whether a request can be decided by the document. */
  readonly concerns: (request: Scenario) => boolean;
  /** The stack's policies with another document in its place. */
  readonly replace: (document: PolicyDocument) => Policies;
}

function documentsOf({ arns, policies, roles }: Account): readonly (readonly [string, PlacedDocument])[] {
  const identity = Object.entries(roles).map(([label, role]): readonly [string, PlacedDocument] => {
    const documents = policies.identity.get(role) ?? [];
    if (documents.length !== 1) throw new Error(`the role of ${label} has ${documents.length} policies`);
    const [document = { Statement: [] }] = documents;
    return [
      `the role of ${label}`,
      {
        document,
        kind: "identity",
        concerns: ({ caller }) => caller === role,
        replace: (other) => ({ ...policies, identity: new Map([...policies.identity, [role, [other]]]) }),
      },
    ];
  });
  const own = [...policies.resource].filter(([arn]) => arn !== foreignKey(arns["key"] ?? ""));
  const resource = own.map(([arn, document]): readonly [string, PlacedDocument] => [
    `the policy at ${arn.split(":").at(-1)}`,
    {
      document,
      kind: "resource",
      concerns: ({ resource }) => resource === arn || resource.startsWith(`${arn}/`),
      replace: (other) => ({ ...policies, resource: new Map([...policies.resource, [arn, other]]) }),
    },
  ]);
  return [...identity, ...resource];
}

const functionNames: readonly FunctionLabel[] = ["ingest", "deliver", "digest", "watch"];

describe("the calls that a function's code can make", () => {
  /** IAM actions that an SDK call needs (Service Authorization Reference). */
  const actions: Readonly<Record<string, readonly string[]>> = {
    GetObjectCommand: ["s3:GetObject"],
    CopyObjectCommand: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:ListBucket"],
    ListObjectsV2Command: ["s3:ListBucket"],
    PutObjectCommand: ["s3:PutObject"],
    GetItemCommand: ["dynamodb:GetItem"],
    BatchGetItemCommand: ["dynamodb:BatchGetItem"],
    PutItemCommand: ["dynamodb:PutItem"],
    UpdateItemCommand: ["dynamodb:UpdateItem"],
    BatchWriteItemCommand: ["dynamodb:BatchWriteItem"],
    QueryCommand: ["dynamodb:Query"],
    PublishBatchCommand: ["sns:Publish"],
    GetTopicAttributesCommand: ["sns:GetTopicAttributes"],
    SendMessageCommand: ["sqs:SendMessage"],
    SendMessageBatchCommand: ["sqs:SendMessage"],
    ChangeMessageVisibilityBatchCommand: ["sqs:ChangeMessageVisibility"],
  };
  /** Actions of an adapter's methods that the function does not call. */
  const unused: Readonly<Record<string, readonly string[]>> = { digest: ["s3:ListBucket"] };

  it.each(functionNames)("%s: are those that its role needs", (name) => {
    const calls = sdkCommands(name);
    expect(calls.size).toBeGreaterThan(5);
    expect([...calls].filter((call) => !(call in actions))).toEqual([]);
    const made = [...calls]
      .flatMap((call) => actions[call] ?? [])
      .filter((action) => !unused[name]?.includes(action));
    const { lists, appends } = ledgerNeeds[name];
    const listed = [...recordedCalls[name], ...Object.keys(rareCalls[name])].map(
      (call) => call.split(" ")[0],
    );
    const ledger = ["GetItem", "BatchGetItem", "PutItem", "UpdateItem", ...(lists ? ["Query"] : [])];
    const writes = (lists ?? appends) ? ["BatchWriteItem"] : [];
    const needed = [...listed, ...[...ledger, ...writes].map((call) => `dynamodb:${call}`)];
    expect(new Set(made)).toEqual(new Set(needed));
  });
});

describe("the policy that names each topic", () => {
  it("stays within IAM's 10,240 characters for as many audiences as the configuration accepts", () => {
    const audiences = (count: number) => ({
      audiences: Array.from({ length: count }, (_, index) => ({ name: `a${index}`, mode: "alerts" })),
      deployment: { stackName: "s".repeat(100) },
    });
    const accepted = (count: number): boolean => {
      try {
        parseConfiguration(audiences(count));
        return true;
      } catch {
        return false;
      }
    };
    const most = Array.from({ length: 200 }, (_, index) => 200 - index).find(accepted) ?? 0;
    expect(most).toBeGreaterThan(40);
    const many = [...resolved(synthesized(audiences(most))).values()];
    const policies = many.filter(({ Type }) => Type === "AWS::IAM::Policy");
    for (const { Properties } of policies) {
      expect(JSON.stringify(Properties["PolicyDocument"]).length).toBeLessThan(10_240);
    }
    expect(JSON.stringify(policies)).toContain(`-a${most - 1}"`);
  });
});

describe("the output UploaderPolicy", () => {
  it.each<[string, object]>([
    ["keys of AWS", {}],
    ["the customer's key", { encryption: "customer" }],
  ])("lets an uploader put snapshots and nothing else, with %s", (_, more) => {
    const feedbell = { deployment: { ...deployment, ...more } };
    const { arns, policies } = deployed(feedbell);
    const { bucket = "", key } = arns;
    const policy = JSON.parse(outputOf(synthesized(feedbell), "UploaderPolicy")) as PolicyDocument;
    const identity = new Map([["uploader", [policy]]]);
    const answer = (action: string, resource: string, context = {}) =>
      decide({ caller: "uploader", action, resource, context }, { ...policies, identity });
    const snapshot = `${bucket}/snapshots/voa/latest.xml`;
    expect(answer("s3:PutObject", snapshot)).toBe("allowed");
    expect(answer("s3:PutObject", snapshot, { "aws:SecureTransport": "false" })).toBe("denied");
    for (const [action, resource] of [
      ["s3:PutObject", `${bucket}/plans/x.json`],
      ["s3:PutObject", `${bucket}/quarantine/x`],
      ["s3:PutObject", `${bucket}/x`],
      ["s3:PutObject", `${bucket}-2/snapshots/x`],
      ["s3:GetObject", snapshot],
      ["s3:DeleteObject", snapshot],
      ["s3:ListBucket", bucket],
      ["sns:Publish", `arn:aws:sns:eu-central-1:111122223333:news-alerts`],
    ] as const)
      expect(answer(action, resource), `${action} ${resource}`).toBe("not allowed");
    if (key === undefined) return;
    const by = (service: string) => ({ "kms:ViaService": `${service}.eu-central-1.amazonaws.com` });
    expect(answer("kms:GenerateDataKey", key, by("s3"))).toBe("allowed");
    expect(answer("kms:Decrypt", key, by("s3"))).toBe("allowed");
    expect(answer("kms:Decrypt", key, by("sqs"))).toBe("not allowed");
    expect(answer("kms:Decrypt", key)).toBe("not allowed");
  });
});
