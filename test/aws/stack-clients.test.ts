import { expect, test } from "vitest";
import { openClients } from "../../functions/aws/stack-clients.ts";

test("a local endpoint gets dummy credentials where none are set, and those that are set otherwise", async () => {
  const stack = { endpoint: "http://127.0.0.1:9", region: "us-east-1" };
  const dummy = openClients(stack, {});
  expect(await dummy.sqs.config.credentials()).toMatchObject({ accessKeyId: "local" });
  expect(await dummy.s3.config.region()).toBe("us-east-1");
  dummy.close();
  const own = openClients(stack, { AWS_ACCESS_KEY_ID: "mine" });
  const resolved = await own.sqs.config.credentials().catch(() => undefined);
  expect(resolved?.accessKeyId).not.toBe("local");
  own.close();
});

test("without an endpoint the region of the stack is used and the credentials are the environment's", async () => {
  const clients = openClients({ region: "eu-central-1" }, {});
  expect(await clients.sqs.config.region()).toBe("eu-central-1");
  const resolved = await clients.s3.config.credentials().catch(() => undefined);
  expect(resolved?.accessKeyId).not.toBe("local");
  clients.close();
});
