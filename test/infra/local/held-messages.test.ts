import { expect, test } from "vitest";
import { describeHeld } from "../../../infra/local/held-messages.ts";

test("says which audience holds how many messages, and how to send them", () => {
  const line = { level: "info", event: "messages held", audience: "week", messages: 2, why: "paused" };
  expect(describeHeld(JSON.stringify(line))).toBe(
    "week is paused: 2 messages held; to send: npx feedbell resume --audience week",
  );
});

test.each(['{"event":"delivered","messages":1}', '{"event":"messages held"}', "START RequestId"])(
  "ignores %s",
  (line) => {
    expect(describeHeld(line)).toBeUndefined();
  },
);
