import { afterEach, expect, test, vi } from "vitest";
import { report } from "../../functions/commands/upload/report.ts";

afterEach(() => void vi.restoreAllMocks());

test("--json has the line of ingest without the definition of its metrics", async () => {
  let out = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += String(text);
    return true;
  });
  const outcome = { event: "done", key: "snapshots/voa/1.md", new: 2, _aws: { Timestamp: 1 } };
  const uploaded = { file: "1.md", key: "snapshots/voa/1.md", fate: "uploaded" } as const;
  await report({ ...uploaded, outcome: outcome }, true);
  expect(JSON.parse(out)).toEqual({
    ...uploaded,
    outcome: { event: "done", key: "snapshots/voa/1.md", new: 2 },
  });
});
