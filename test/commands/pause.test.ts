import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { pauseCommand, resumeCommand } from "../../functions/commands/pause.ts";
import { createLedgerTable } from "../support/create-ledger-table.ts";
import { openEmulators, type Emulators } from "../support/open-emulators.ts";
import { runCommand } from "../support/run-command.ts";

let emulators: Emulators;
const table = "ledger";
beforeAll(async () => {
  emulators = await openEmulators();
  await createLedgerTable(emulators.clients.dynamodb, table);
});
afterAll(() => emulators.close());

const place = () => ["--endpoint", emulators.endpoint.url, "--table", table];
const pause = (...args: readonly string[]) => runCommand(pauseCommand(), [...args, ...place()]);
const resume = (...args: readonly string[]) => runCommand(resumeCommand(), [...args, ...place()]);
/** What a command says after the name of the stack. */
const said = ({ out }: { readonly out: string }) => /: (\d.*)\n$/.exec(out)?.[1];

test("pause and resume say what they changed, and what was so before", async () => {
  expect(said(await pause("--audience", "digest"))).toBe("1 audience (digest) paused");
  expect(said(await pause())).toBe("1 audience (alerts) paused, 1 audience (digest) already paused");
  expect(said(await resume("--audience", "alerts"))).toBe(
    "1 audience (alerts) resumed; held messages go out within 15 minutes",
  );
  expect(said(await resume())).toBe(
    "1 audience (digest) resumed, 1 audience (alerts) not paused before; held messages go out within 15 minutes",
  );
  expect(said(await resume())).toBe("2 audiences (alerts, digest) not paused before");
  const json = await pause("--json");
  expect(json.out).toBe('{"audience":"alerts","paused":true}\n{"audience":"digest","paused":true}\n');
});

test("the messages of a pause of more than a week follow within an hour", async () => {
  await resume();
  const now = vi.spyOn(Date, "now").mockReturnValue(Date.parse("2026-11-10T08:00:00Z"));
  await pause("--audience", "digest");
  now.mockReturnValue(Date.parse("2026-11-20T08:00:00Z"));
  await pause("--audience", "alerts");
  const resumed = [await resume("--audience", "alerts"), await resume("--audience", "digest")].map(said);
  now.mockRestore();
  expect(resumed).toEqual([
    "1 audience (alerts) resumed; held messages go out within 15 minutes",
    "1 audience (digest) resumed; held messages go out within 60 minutes",
  ]);
});
