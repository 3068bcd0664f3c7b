import { expect, test } from "vitest";
import { feedbell } from "../support/feedbell.ts";

const parts = {
  bucket: "bucket",
  table: "table",
  outbox: "http://127.0.0.1:9/000000000000/outbox.fifo",
  slots: "http://127.0.0.1:9/000000000000/slots",
  endpoint: "http://127.0.0.1:9",
};
const options = Object.entries(parts).flatMap(([name, value]) => [`--${name}`, value]);
const commands = ["outbox list", "outbox drop id --yes", "waiting list", "pause", "resume", "digest alerts"];

test.each(commands)("%s, on a stack that does not answer, says what to do", async (command) => {
  const words = command.split(" ");
  const { code, out, err } = await feedbell([...words, ...options]);
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toContain(`${words[0]}: ECONNREFUSED: Cannot reach the service.\n`);
  expect(err).not.toContain("unexpected");
});
