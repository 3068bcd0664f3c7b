import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { slug } from "../../functions/core/feed/feed-slug.ts";
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
      feeds: { harbour: { timeZone: "Europe/Lisbon" } },
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
      const alone = {
        ...file("alone.xml", rss("Port News", "A storm is over")),
        name: "alone.xml",
      };
      let [out, err] = ["", ""];
      const code = await runOnce(stack, [...files, files[1]!, alone], {
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
        "alone.xml: 1 new -> alerts 1, weekly 1 waiting",
        `alone.xml: read as the feed ${slug("Port News")}; give --feed NAME to apply the rules and settings of another.`,
        "",
      ]);
    } finally {
      await stack.stop();
      rmSync(folder, { recursive: true });
    }
  },
);
