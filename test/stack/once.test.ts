import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import { runOnce } from "../../infra/local/once.ts";
import { rememberEnds } from "../../infra/local/snapshot-ends.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { onlyOwnStack, skippedIf } from "../support/skipped.ts";
import { elsewhere, rss } from "../support/stack-under-test.ts";

test(
  "--once says of each file what waits for a schedule, and why nothing was sent",
  skippedIf(elsewhere !== undefined, onlyOwnStack),
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "feedbell-once-"));
    const ends = rememberEnds();
    const configuration = parseConfiguration({
      audiences: [
        { name: "alerts", mode: "alerts", rules: { include: ["storm"] } },
        { name: "weekly", mode: "digest", schedule: "weekly mon 07:00" },
      ],
    });
    const stack = await startLocalStack({ configuration, onLog: ends.note });
    try {
      const file = (name: string, content: string) => {
        writeFileSync(path.join(folder, name), content);
        return { name: `harbour/${name}`, label: name, path: path.join(folder, name) };
      };
      const files = [
        file("storm.xml", rss("Harbour", "A storm is coming")),
        file("calm.xml", rss("Harbour", "The sea is calm", "No wind")),
        file("again.xml", rss("Harbour", "No wind")),
        file("bad.bin", "no feed"),
      ];
      let [out, err] = ["", ""];
      const code = await runOnce(stack, [...files, files[1]!], {
        out: (text) => (out += text),
        err: (text) => (err += text),
        json: true,
        progress: false,
        ends,
      });
      expect(code).toBe(1);
      expect(out).toContain("A storm is coming");
      expect(err).toMatch(/^quarantine\/harbour\/bad\.bin: format-unknown/m);
      expect(err.split("\n").filter((line) => !line.startsWith("quarantine/"))).toEqual([
        "storm.xml: 1 new -> alerts 1, weekly 1 waiting",
        "calm.xml: nothing was sent: 2 new -> weekly 2 waiting",
        "again.xml: nothing was sent: nothing new (1 known)",
        "bad.bin: nothing was sent.",
        "calm.xml: nothing was sent: nothing new (2 known)",
        "",
      ]);
    } finally {
      await stack.stop();
      rmSync(folder, { recursive: true });
    }
  },
);
