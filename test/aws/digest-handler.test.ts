import { expect, test } from "vitest";
import { audience, configuration, startSystem, type FakeSystem } from "../support/fake-system.ts";

const start = () =>
  startSystem({
    ...configuration,
    audiences: [audience({ name: "daily", mode: "digest", schedule: "daily 07:00" })],
  });

const bodies = (system: FakeSystem): readonly Readonly<Record<string, unknown>>[] =>
  system.slots.messages.map(({ body }) => JSON.parse(body) as Readonly<Record<string, unknown>>);

test.each([
  "no JSON",
  "null",
  '"daily"',
  '{"audience": "daily"}',
  '{"audience": 5, "slot": "2026-03-01T07:00:00Z"}',
  '{"audience": "daily", "slot": "soon"}',
  '{"audience": "daily", "slot": "2026-03-01T07:00:00Z", "attempts": "many"}',
])("a message that is no slot stays in the queue: %s", async (body) => {
  const system = start();
  system.slots.send(body);
  await system.digestNext();
  expect(system.slots.messages).toHaveLength(1);
  expect(system.logged).toMatchObject([{ event: "failed", details: { code: "slot-malformed" } }]);
});

test("a slot that fails is sent again with a delay, as the same slot and with its number of attempts", async () => {
  const system = start();
  const first = system.clock.now();
  system.fire("daily", first);
  system.fault(({ name }) => (name === "ledger.readAudience" ? "fail before" : undefined));
  await system.digestNext();
  const slot = new Date(first).toISOString();
  expect(bodies(system)).toEqual([{ audience: "daily", slot, attempts: 1, first }]);
  expect(await system.digestNext()).toBeUndefined();
  system.clock.advance(60_000);
  await system.digestNext();
  expect(bodies(system)).toEqual([{ audience: "daily", slot, attempts: 2, first }]);
});

test("a slot that was asked for by hand and fails is sent again as such", async () => {
  const system = start();
  const first = system.clock.now();
  system.askFor("daily", first);
  system.fault(({ name }) => (name === "ledger.readAudience" ? "fail before" : undefined));
  await system.digestNext();
  const slot = new Date(first).toISOString();
  expect(bodies(system)).toEqual([{ audience: "daily", slot, byHand: true, attempts: 1, first }]);
});

test("a slot that fails for longer than retryHours stays in the queue", async () => {
  const system = start();
  system.fire("daily");
  system.fault(({ name }) => (name === "ledger.readAudience" ? "fail before" : undefined));
  await system.digestNext();
  system.clock.advance(73 * 3_600_000);
  await system.digestNext();
  expect(system.slots.messages).toHaveLength(1);
  expect(system.logged.at(-1)).toMatchObject({ level: "error", event: "slot failed" });
});
