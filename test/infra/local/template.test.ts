import { describe, expect, test } from "vitest";
import {
  inOrder,
  references,
  resolve,
  type TemplateScope,
  type Template,
} from "../../../infra/local/template.ts";

const scope: TemplateScope = {
  parameters: new Map<string, unknown>([
    ["AWS::Region", "us-east-1"],
    ["AWS::NoValue", undefined],
  ]),
  resources: new Map([["Queue", { ref: "http://queue", attributes: { Arn: "arn:queue" } }]]),
};

describe("intrinsic functions", () => {
  test.each<[string, unknown, unknown]>([
    ["Ref of a resource", { Ref: "Queue" }, "http://queue"],
    ["Ref of a pseudo parameter", { Ref: "AWS::Region" }, "us-east-1"],
    ["GetAtt as a list", { "Fn::GetAtt": ["Queue", "Arn"] }, "arn:queue"],
    ["GetAtt as a string", { "Fn::GetAtt": "Queue.Arn" }, "arn:queue"],
    ["Join", { "Fn::Join": ["-", ["a", { Ref: "AWS::Region" }, "b"]] }, "a-us-east-1-b"],
    ["Sub", { "Fn::Sub": "${Queue.Arn}/${AWS::Region}/${!literal}" }, "arn:queue/us-east-1/${literal}"],
    [
      "Sub with variables",
      { "Fn::Sub": ["${x}-${Queue}", { x: { Ref: "AWS::Region" } }] },
      "us-east-1-http://queue",
    ],
    [
      "Select and Split",
      { "Fn::Select": [1, { "Fn::Split": [":", { "Fn::GetAtt": ["Queue", "Arn"] }] }] },
      "queue",
    ],
    ["NoValue in an object", { a: 1, b: { Ref: "AWS::NoValue" } }, { a: 1 }],
    [
      "Condition as an ordinary key",
      { Condition: { a: 1 }, Effect: "Deny" },
      { Condition: { a: 1 }, Effect: "Deny" },
    ],
  ])("%s", (_, value, expected) => {
    expect(resolve(value, scope, "Here")).toEqual(expected);
  });

  test.each<[string, unknown, string]>([
    ["an unknown function", { deep: [{ "Fn::Cidr": [] }] }, "intrinsic function Fn::Cidr at Here.deep[0]"],
    ["a condition", { "Fn::If": ["c", 1, 2] }, "intrinsic function Fn::If"],
    ["an unknown name", { Ref: "Nobody" }, "names Nobody"],
    ["an unknown attribute", { "Fn::GetAtt": ["Queue", "Colour"] }, "names Queue.Colour"],
    ["an index out of range", { "Fn::Select": [3, ["a"]] }, "Fn::Select at Here"],
  ])("%s is an error with its name and location", (_, value, message) => {
    expect(() => resolve(value, scope, "Here")).toThrow(message);
  });
});

describe("order of resources", () => {
  const template = (Resources: Record<string, object>) =>
    ({
      Resources: Object.fromEntries(
        Object.entries(Resources).map(([name, rest]) => [name, { Type: "T", ...rest }]),
      ),
    }) as Template;

  test("each resource follows the ones that it refers to or depends on", () => {
    const names = inOrder(
      template({
        A: { Properties: { x: { "Fn::Sub": "${B.Arn}" } } },
        B: { DependsOn: ["C"] },
        C: { Properties: { x: { "Fn::Join": ["", [{ "Fn::GetAtt": ["D", "Arn"] }]] } } },
        D: {},
      }),
    ).map(([name]) => name);
    expect(names).toEqual(["D", "C", "B", "A"]);
  });

  test("a circular dependency is an error", () => {
    const circle = template({ A: { DependsOn: "B" }, B: { Properties: { x: { Ref: "A" } } } });
    expect(() => inOrder(circle)).toThrow("circular dependency between the resources A, B");
  });

  test("references are found at any depth", () => {
    const value = {
      a: [{ Ref: "A" }],
      b: { "Fn::Sub": ["${B}-${C.Arn}-${!no}", { x: { "Fn::GetAtt": "D.Arn" } }] },
    };
    expect(references(value)).toEqual(["A", "B", "C", "D"]);
  });
});
