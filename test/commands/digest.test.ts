import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { CreateQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseSlot } from "../../functions/aws/slots.ts";
import { stackLedger } from "../../functions/aws/stack-ledger.ts";
import { digestCommand } from "../../functions/commands/digest.ts";
import { createLedgerTable } from "../support/create-ledger-table.ts";
import { openEmulators, type Emulators } from "../support/open-emulators.ts";
import { runCommand } from "../support/run-command.ts";

const hour = 3_600_000;

let emulators: Emulators;
beforeAll(async () => {
  emulators = await openEmulators();
});
afterAll(() => emulators.close());

/** Passes calls on to the emulators; the answers have another time. */
async function openProxy(offset: number) {
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const passed = request(new URL(url ?? "/", emulators.endpoint.url), { method, headers }, (answer) => {
      const date = new Date(Date.now() + offset).toUTCString();
      outgoing.writeHead(answer.statusCode ?? 500, { ...answer.headers, date });
      answer.pipe(outgoing);
    });
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

test.each([
  ["is right", 0],
  ["is two hours ahead", -2 * hour],
])("asks for a slot at the time of the service where the clock of this computer %s", async (_, offset) => {
  const { sqs, dynamodb } = emulators.clients;
  const table = `ledger${offset}`;
  await createLedgerTable(dynamodb, table);
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: `slots${offset}` }));
  const proxy = await openProxy(offset);
  const place = ["--endpoint", proxy.url, "--bucket", "b", "--table", table, "--slots", QueueUrl];
  const running = runCommand(digestCommand(), ["morning", ...place]);
  const receive = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 });
  const { Messages: [message] = [] } = await sqs.send(receive);
  const { slot, byHand } = parseSlot(message?.Body ?? "", 0);
  expect(byHand).toBe(true);
  expect(Math.abs(slot - (Date.now() + offset))).toBeLessThan(60_000);

  await stackLedger({ dynamodb }, table).skipSlot("morning", { slot, after: undefined });
  expect(await running).toMatchObject({ code: 0, out: "morning: nothing waits\n" });
  proxy.close();
});
