import { expect, test } from "vitest";
import { alarms } from "../../functions/commands/cost/run.ts";
import { templateOf } from "../support/synthesized.ts";

test("the estimate of a month counts about as many alarms as the stack has", () => {
  const found = Object.keys(templateOf().findResources("AWS::CloudWatch::Alarm"));
  // Five alarms more or less are 0.50 USD a month.
  expect(Math.abs(found.length - alarms)).toBeLessThanOrEqual(5);
});
