import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ItemAttributes } from "../../functions/aws/ledger-items.ts";
import { openTable } from "../../functions/aws/table.ts";
import { createLedgerTable } from "../support/create-ledger-table.ts";
import { openFunctionClients, type FunctionClients } from "../support/function-clients.ts";

type Table = ReturnType<typeof openTable>;

let open: FunctionClients;
let table: Table;
let setDeadline: (time: number) => void;
/** Milliseconds of each wait. */
const waits: number[] = [];
/** The input of each call. */
const requests: object[] = [];

/** A whole second, so that an item can expire at this very moment. */
const now = 1_772_000_000_000;

beforeAll(async () => {
  open = await openFunctionClients();
  await createLedgerTable(open.create(30).clients.dynamodb, "ledger");
});
beforeEach(() => {
  const { clients, retries } = open.create(30);
  const sleep = async (milliseconds: number) => void waits.push(milliseconds);
  const clock = { ...open.clock, now: () => now, sleep };
  table = openTable(clients.dynamodb, "ledger", clock, retries.wait);
  setDeadline = retries.until;
  waits.length = 0;
  requests.length = 0;
  clients.dynamodb.middlewareStack.add(
    (next) => (args) => {
      requests.push(args.input);
      return next(args);
    },
    { step: "initialize" },
  );
  open.proxy.reset(() => undefined);
});
afterAll(() => open.close());

const key = (pk: string): ItemAttributes => ({ pk: { S: pk }, sk: { S: "entry" } });
const namesOf = (items: readonly ItemAttributes[]) => new Set(items.map(({ pk }) => pk?.S));
const text = (value: string) => ({ value: { S: value } });
const expires = (secondsFromNow: number) => ({
  expires: { N: String(now / 1000 + secondsFromNow) },
});

describe("getItem", () => {
  test("returns the item or undefined", async () => {
    await table.put(key("a"), text("1"));
    expect(await table.getItem(key("a"))).toEqual({ ...key("a"), ...text("1") });
    expect(await table.getItem(key("none"))).toBeUndefined();
  });

  test("omits an item from the second at which it expires", async () => {
    await table.put(key("old"), expires(-1));
    await table.put(key("now"), expires(0));
    await table.put(key("later"), expires(60));
    expect(await table.getItem(key("old"))).toBeUndefined();
    expect(await table.getItem(key("now"))).toBeUndefined();
    expect(await table.getItem(key("later"))).toBeDefined();
  });

  test("is strongly consistent by default", async () => {
    await table.getItem(key("a"));
    await table.getItem(key("a"), false);
    expect(requests).toMatchObject([{ ConsistentRead: true }, { ConsistentRead: false }]);
  });
});

describe("batchGet", () => {
  test("reads more items than one call takes, and omits missing and expired ones", async () => {
    const keys = Array.from({ length: 230 }, (_, i) => key(`many-${i}`));
    await Promise.all(keys.slice(0, 225).map((each, i) => table.put(each, expires(i === 7 ? -1 : 60))));
    open.proxy.reset(() => undefined);
    const found = await table.batchGet(keys);
    expect(open.proxy.seen.map(({ name }) => name.split(" ")[0])).toEqual(
      Array(3).fill("dynamodb.BatchGetItem"),
    );
    const live = keys.slice(0, 225).filter((each) => each["pk"]?.S !== "many-7");
    expect(namesOf(found)).toEqual(namesOf(live));
  });

  test("makes no call for no keys", async () => {
    expect(await table.batchGet([])).toEqual([]);
    expect(open.proxy.seen).toEqual([]);
  });

  test("is strongly consistent", async () => {
    await table.batchGet([key("a")]);
    expect(requests).toEqual([
      { RequestItems: { ledger: expect.objectContaining({ ConsistentRead: true }) as unknown } },
    ]);
  });

  const four = ["p", "q", "r", "s"].map(key);

  test("requests unprocessed keys again, each once", async () => {
    for (const each of four) await table.put(each, {});
    setDeadline(Date.now() + 30_000);
    open.fail("partly", 2);
    const found = await table.batchGet(four);
    expect(namesOf(found)).toEqual(namesOf(four));
    expect(open.proxy.seen).toHaveLength(3);
    expect(waits).toHaveLength(2);
  });

  test("throws service-unavailable if keys remain unprocessed and no time is left", async () => {
    for (const each of four) await table.put(each, {});
    setDeadline(Date.now());
    open.fail("partly", Infinity);
    await expect(table.batchGet(Array.from({ length: 64 }, (_, i) => key(`u-${i}`)))).rejects.toMatchObject({
      code: "service-unavailable",
    });
    expect(open.proxy.seen).toHaveLength(4);
  });
});

describe("putIf", () => {
  test("writes if the condition is met, and returns false and changes nothing if not", async () => {
    const create = (value: string) => table.putIf(key("create"), text(value), "attribute_not_exists(pk)", {});
    expect(await create("1")).toBe(true);
    expect(await create("2")).toBe(false);
    expect(await table.getItem(key("create"))).toMatchObject(text("1"));
  });

  test("takes values and names of the condition", async () => {
    await table.put(key("named"), text("1"));
    const replace = (from: string, to: string) =>
      table.putIf(key("named"), text(to), "#value = :from", { ":from": { S: from } });
    expect(await replace("2", "3")).toBe(false);
    expect(await replace("1", "3")).toBe(true);
    expect(await table.getItem(key("named"))).toMatchObject(text("3"));
  });
});

describe("updateIf", () => {
  test("updates if the condition is met, with reserved words as names", async () => {
    const take = (owner: string) =>
      table.updateIf(key("lease"), "SET #owner = :o ADD #round :one", "attribute_not_exists(#owner)", {
        ":o": { S: owner },
        ":one": { N: "1" },
      });
    expect(await take("a")).toBe(true);
    expect(await take("b")).toBe(false);
    expect(await table.getItem(key("lease"))).toEqual({
      ...key("lease"),
      owner: { S: "a" },
      round: { N: "1" },
    });
  });

  test("takes an expression without values", async () => {
    expect(await table.updateIf(key("lease"), "REMOVE #owner", "attribute_exists(#owner)", {})).toBe(true);
    expect(await table.updateIf(key("lease"), "REMOVE #owner", "attribute_exists(#owner)", {})).toBe(false);
  });
});

test("an error that is no failed condition is rethrown", async () => {
  const { clients, retries } = open.create(30);
  const missing = openTable(clients.dynamodb, "none", open.clock, retries.wait);
  await expect(missing.putIf(key("a"), {}, "attribute_not_exists(pk)", {})).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});
