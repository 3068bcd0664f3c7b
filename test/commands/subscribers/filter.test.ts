import { expect, test } from "vitest";
import type { Subscriber } from "../../../functions/aws/subscriptions.ts";
import { checkPolicyCount, parseFilters } from "../../../functions/commands/subscribers/filter.ts";

test.each([
  [["feed=voa"], '{"feed":["voa"]}'],
  [["feed=voa,bbc", "language=zh"], '{"feed":["voa","bbc"],"language":["zh"]}'],
  [["feed=voa", "feed=bbc"], '{"feed":["voa","bbc"]}'],
  [["feed=city-*"], '{"feed":[{"prefix":"city-"}]}'],
  [['{"feed": [{"anything-but": ["voa"]}]}'], '{"feed":[{"anything-but":["voa"]}]}'],
])("%j is the policy %s", (options, policy) => {
  expect(parseFilters(options)).toBe(policy);
});

const values = (count: number) => Array.from({ length: count }, (_, index) => `f${index}`).join(",");
const sixKeys = JSON.stringify(Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((key) => [key, ["x"]])));

test.each([
  [["feed"], "expected one such as feed=voa"],
  [["=voa"], "expected one such as feed=voa"],
  [["feed=voa,"], "expected one such as feed=voa"],
  [["fed=voa"], "no message has the attribute fed; did you mean feed?"],
  [[sixKeys], "found 6 keys; SNS allows 5"],
  [[`feed=${values(76)}`, "language=en,zh"], "found 152 combinations of values; SNS allows 150"],
  [["{"], "is no JSON"],
  [["{}"], "at least one key"],
  [["[1]", "feed=voa"], "expected one such as feed=voa"],
  [['{"feed":["voa"]}', "language=en"], "leave the other filters out"],
  [['{"feed":"voa"}'], "no list of values for feed"],
  [['{"feed":[]}'], "no list of values for feed"],
  [['{"feed":[{"like":"v"}]}'], "expected a text or a condition"],
])("%j is refused: %s", (options, says) => {
  expect(() => parseFilters(options)).toThrow(says);
});

test("the policies of a topic are counted up to its quota", async () => {
  const readers = Array.from({ length: 250 }, (_, index): Subscriber => {
    return { protocol: "sms", endpoint: `+1202555${1000 + index}`, state: "confirmed", arn: String(index) };
  });
  let asked = 0;
  const details = async (arn: string) => {
    asked++;
    return { isProtected: false, ...(Number(arn) < 199 && { filter: '{"feed":["voa"]}' }) };
  };
  await checkPolicyCount(readers, 1, 200, { details });
  expect(asked).toBe(250);
  await expect(checkPolicyCount(readers, 2, 200, { details })).rejects.toThrow(
    "has 199 filter policies and would get 2 more; its quota is 200",
  );
  await checkPolicyCount(readers, 2, 300, { details });
  expect(asked, "few readers need no calls").toBe(500);
});
