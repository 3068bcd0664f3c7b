import { describe, expect, it } from "vitest";
import { decide, type AccessRequest, type Statement } from "../support/iam/evaluate.ts";

const queue = "arn:aws:sqs:eu-central-1:111122223333:queue";
const key = "arn:aws:kms:eu-central-1:111122223333:key/1";
const allow = { Effect: "Allow", Action: "sqs:SendMessage", Resource: queue };
const send: AccessRequest = { caller: "role", action: "sqs:SendMessage", resource: queue };

/** The answer to a request under one policy of the role and one of the resource. */
function answer(
  request: AccessRequest,
  { identity = [], resource = [] }: { identity?: readonly Statement[]; resource?: readonly Statement[] },
): string {
  return decide(request, {
    identity: new Map([["role", [{ Statement: identity }]]]),
    resource: new Map([[request.resource, { Statement: resource }]]),
  });
}

describe("a policy", () => {
  it.each<[string, Statement, string]>([
    ["names the action", allow, "allowed"],
    ["names it in another case", { ...allow, Action: "SQS:sendmessage" }, "allowed"],
    ["names it by a pattern", { ...allow, Action: ["s3:*", "sqs:Send*"] }, "allowed"],
    ["names another action", { ...allow, Action: "sqs:ReceiveMessage" }, "not allowed"],
    ["names the resource by a pattern", { ...allow, Resource: `${queue.slice(0, -2)}?e` }, "allowed"],
    ["names a resource whose name starts alike", { ...allow, Resource: queue.slice(0, -1) }, "not allowed"],
    ["denies", { ...allow, Effect: "Deny" }, "denied"],
  ])("%s", (_, statement, expected) => {
    expect(answer(send, { identity: [statement] })).toBe(expected);
  });

  it("denies in spite of another statement", () => {
    const resource = [{ ...allow, Effect: "Deny", Principal: "*" }];
    expect(answer(send, { identity: [allow], resource })).toBe("denied");
  });

  it("of a resource allows the principals that it names", () => {
    const resource = [{ ...allow, Principal: { Service: "s3.amazonaws.com" } }];
    expect(answer({ ...send, caller: "s3.amazonaws.com" }, { resource })).toBe("allowed");
    expect(answer({ ...send, caller: "sns.amazonaws.com" }, { resource })).toBe("not allowed");
  });
});

describe("a condition", () => {
  it.each<[string, Record<string, string | string[]>, object, boolean]>([
    ["equal", { a: "x" }, { StringEquals: { a: ["x", "y"] } }, true],
    ["not equal", { a: "z" }, { StringEquals: { a: ["x", "y"] } }, false],
    ["absent", {}, { StringEquals: { a: "x" } }, false],
    ["like", { a: "xyz" }, { StringLike: { a: "x*" } }, true],
    ["all of several", { a: ["x1", "x2"] }, { "ForAllValues:StringLike": { a: "x*" } }, true],
    ["not all of several", { a: ["x1", "y"] }, { "ForAllValues:StringLike": { a: "x*" } }, false],
    ["several, of which there are none", {}, { "ForAllValues:StringLike": { a: "x*" } }, true],
    ["two keys, one of them wrong", { a: "x", b: "y" }, { StringEquals: { a: "x", b: "z" } }, false],
    ["without TLS", { "aws:SecureTransport": "false" }, { Bool: { "aws:SecureTransport": "false" } }, true],
    ["with TLS", {}, { Bool: { "aws:SecureTransport": "false" } }, false],
  ])("%s", (_, context, Condition, holds) => {
    const found = answer({ ...send, context }, { identity: [{ ...allow, Condition }] });
    expect(found).toBe(holds ? "allowed" : "not allowed");
  });
});

describe("a key", () => {
  const identity = [{ Effect: "Allow", Action: "kms:Decrypt", Resource: key }];
  const decrypt = { caller: "role", action: "kms:Decrypt", resource: key };

  it("is used by a role only if its policy leaves that to the account", () => {
    const root = { AWS: "arn:aws:iam::111122223333:root" };
    const resource = [{ Effect: "Allow", Action: "kms:*", Resource: "*", Principal: root }];
    expect(answer(decrypt, { identity, resource })).toBe("allowed");
    expect(answer(decrypt, { identity })).toBe("not allowed");
    expect(answer(decrypt, { resource })).toBe("not allowed");
  });
});

describe("what is not known is refused", () => {
  it.each<[string, AccessRequest, Statement]>([
    ["an action", { ...send, action: "sqs:SendMessages" }, allow],
    ["an action on a resource of another kind", { ...send, resource: key }, allow],
    ["an element", send, { ...allow, NotResource: key }],
    ["an effect", send, { ...allow, Effect: "Perhaps" }],
    ["a condition operator", send, { ...allow, Condition: { NumericEquals: { a: "1" } } }],
    ["a policy variable", send, { ...allow, Resource: "arn:aws:sqs:*:*:${aws:username}" }],
    ["an intrinsic function", send, { ...allow, Resource: { Ref: "Queue" } }],
  ])("%s", (_, request, statement) => {
    expect(() => answer(request, { identity: [statement] })).toThrow(/unknown|found|is about/);
  });
});
