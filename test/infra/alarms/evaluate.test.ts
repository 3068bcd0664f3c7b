import { expect, it } from "vitest";
import { isRaised } from "./evaluate.ts";

const rule = (datapoints: number, missing: "breaching" | "notBreaching") => ({
  statistic: "Sum",
  period: 300,
  periods: 3,
  datapoints,
  missing,
  isBreaching: (value: number) => value > 0,
});

/** `0` within the threshold, `X` beyond it, `-` missing. */
const range = (text: string) =>
  text.split(" ").map((point) => (point === "-" ? undefined : Number(point === "X")));

// The tables of 'Configuring how CloudWatch alarms treat missing data' (Amazon CloudWatch User Guide).
it.each([
  [3, "0 - X - X", false, false],
  [3, "- - - - 0", false, false],
  [3, "- - - - -", true, false],
  [3, "0 X X - X", true, true],
  [3, "- - X - -", true, false],
  [2, "0 - X - X", true, true],
  [2, "0 0 X 0 X", true, true],
  [2, "0 - X - -", true, false],
  [2, "- - - - 0", true, false],
  [2, "- - - - X", true, false],
])(
  "%i of 3 for %s: raised %s where missing data is breaching, %s where it is not",
  (m, text, breaching, not) => {
    expect(isRaised(rule(m, "breaching"), range(text))).toBe(breaching);
    expect(isRaised(rule(m, "notBreaching"), range(text))).toBe(not);
  },
);
