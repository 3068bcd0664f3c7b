import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { synthesized } from "../support/synthesized.ts";

const runbook = readFileSync(new URL("../../infra/RUNBOOK.md", import.meta.url), "utf8");
const blocks = [...runbook.matchAll(/^ *```sh\n([^]*?)^ *```/gm)].map(([, block = ""]) => block);

describe("the runbook", () => {
  const [alarms = "", procedures = ""] = runbook.split(/^# Procedures$/m);
  const sections = alarms.split(/^## /m).slice(1);

  it.each(sections.map((section) => [section.split("\n", 1)[0], section]))(
    "%s: says what happened, how to find out more and what to do",
    (_, section = "") => {
      const parts = [...section.matchAll(/^\*\*(\w+)\.\*\*(?= \S|\n)/gm)].map(([, part]) => part);
      expect(parts).toEqual(["Description", "Investigation", "Resolution"]);
    },
  );

  it("has the procedures that an operator needs", () => {
    expect([...procedures.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([
      "Replay",
      "Quarantine",
      "Restore the ledger",
      "Go back to the version before",
      "Remove or rename an audience",
      "Tear down and deploy again",
      "A first deployment failed",
      "A new or throttled account",
      "SMS registration",
    ]);
  });
});

describe("the commands of the runbook", () => {
  const outputs = Object.keys(synthesized().template["Outputs"] as object);

  it.each(blocks)("use outputs of the stack and variables of their own: %s", (block) => {
    const used = [...block.matchAll(/\$\{?(\w+)/g)].map(([, name = ""]) => name);
    const own = [...block.matchAll(/(?:^|\s)(?:for|read -r) ([\w ]+)|^ *(\w+)=/gm)].flatMap(
      ([, names = "", name = ""]) => [...names.split(" "), name],
    );
    expect(used.filter((name) => !outputs.includes(name) && !own.includes(name))).toEqual([]);
  });

  it("read every output into a variable of its name", () => {
    expect(blocks[0]).toContain("Stacks[0].Outputs[].[OutputKey, OutputValue]");
  });
});
