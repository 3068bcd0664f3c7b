import { expect, test } from "vitest";
import { rememberEnds } from "../../../infra/local/snapshot-ends.ts";

const line = (event: string, more = {}) => JSON.stringify({ event, key: "snapshots/harbour/1.xml", ...more });

test("the end of a run is waited for, and a later run of the same key has its own", async () => {
  const { note, take } = rememberEnds();
  note(line("continued", { entries: 900 }));
  note("START RequestId: 1");
  setTimeout(() => note(line("done", { new: 1, waiting: { weekly: 1 } })), 30);
  expect(await take("snapshots/harbour/1.xml")).toMatchObject({ isWaiting: true });
  setTimeout(() => note(line("unchanged")), 30);
  expect(await take("snapshots/harbour/1.xml")).toMatchObject({ words: "unchanged", isWaiting: false });
});

test("without its line a snapshot has no end", async () => {
  expect(await rememberEnds().take("snapshots/harbour/2.xml")).toBeUndefined();
});
