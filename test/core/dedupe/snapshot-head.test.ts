import { describe, expect, test } from "vitest";
import { isUnchanged, readerFingerprint, writeHead } from "../../../functions/core/dedupe/snapshot-head.ts";
import { memoryLedger } from "../../../functions/memory/ledger.ts";
import { fakeClock } from "../../support/fake-clock.ts";
import { configuration } from "../../support/fake-system.ts";

const day = 86_400_000;
const version = { bucket: "b", key: "snapshots/f/1", etag: "e1" };
const now = Date.parse("2026-03-01T00:00:00Z");
const head = { etag: "e1", readBy: "code", at: now / 1000, key: version.key, entries: 3 };
const at = (days: number) => ({ readBy: "code", now: now + days * day, ledgerDays: 60 });

describe("a snapshot is unchanged", () => {
  test.each<[string, Parameters<typeof isUnchanged>, boolean]>([
    ["with the bytes of the last one", [version, head, at(0)], true],
    ["with other bytes", [{ ...version, etag: "e2" }, head, at(0)], false],
    ["without an ETag", [{ bucket: "b", key: version.key }, head, at(0)], false],
    ["of an unknown feed", [version, undefined, at(0)], false],
    ["read by other code", [version, { ...head, readBy: "old code" }, at(0)], false],
    ["after a snapshot that was not done", [version, { ...head, etag: "" }, at(0)], false],
    ["while a quarter of the ledger's time lasts", [version, head, at(14.9)], true],
    ["when a quarter of the ledger's time is over", [version, head, at(15)], false],
  ])("%s", (_, args, isSame) => {
    expect(isUnchanged(...args)).toBe(isSame);
  });

  test("and an empty ETag is no ETag that could be equal", () => {
    expect(isUnchanged({ ...version, etag: "" }, { ...head, etag: "" }, at(0))).toBe(false);
  });
});

describe("the fingerprint of what reads", () => {
  test("changes with the code and with the configuration", () => {
    const first = readerFingerprint(configuration, "code");
    expect(readerFingerprint(configuration, "code")).toBe(first);
    expect(readerFingerprint(configuration, "other code")).not.toBe(first);
    expect(readerFingerprint({ ...configuration, ledgerDays: 61 }, "code")).not.toBe(first);
  });
});

describe("the head", () => {
  const read = { version, isDone: true, readBy: "code", now, entries: 3 };

  test("is written once for each place", async () => {
    const ledger = memoryLedger(fakeClock());
    const places: string[] = [];
    const counting = { ...ledger, writeHead: async (place: string) => void places.push(place) };
    await writeHead(counting, ["f", "f"], read);
    await writeHead(counting, ["~hash", "f"], read);
    expect(places).toEqual(["f", "~hash", "f"]);
  });

  test("keeps no ETag of a snapshot that is not done", async () => {
    const ledger = memoryLedger(fakeClock());
    await writeHead(ledger, ["f"], { ...read, isDone: false });
    expect(await ledger.readHead("f")).toEqual({ ...head, etag: "" });
    await writeHead(ledger, ["f"], read);
    expect(await ledger.readHead("f")).toEqual(head);
  });
});
