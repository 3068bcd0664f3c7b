import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findStack } from "../../functions/commands/stack.ts";
import { awsProfiles } from "../../functions/console/aws-profiles.ts";
import { listen } from "../../infra/local/emulators/endpoint.ts";
import { feedbell } from "../support/feedbell.ts";

const folder = mkdtempSync(path.join(tmpdir(), "feedbell-profile-"));
const file = (name: string, content: string) => {
  writeFileSync(path.join(folder, name), content);
  return path.join(folder, name);
};
const env = {
  AWS_CONFIG_FILE: file(
    "config",
    '[default]\nregion = us-east-1\n[sso-session home]\n[profile work]\nregion = eu-central-1\n[profile "新闻"]\n',
  ),
  AWS_SHARED_CREDENTIALS_FILE: file(
    "credentials",
    "[work]\naws_access_key_id = AKIDWORK\naws_secret_access_key = secret\n[other]\n",
  ),
};

const authorizations: string[] = [];
const server = createServer((request, response) => {
  authorizations.push(request.headers.authorization ?? "");
  response.writeHead(403, { "content-type": "application/xml" });
  response.end("<Error><Code>AccessDenied</Code><Message>no</Message></Error>");
});
let endpoint: string;
beforeAll(async () => {
  await listen(server, 0);
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

test("the profiles of both files are known, and sections of other kinds are none", async () => {
  expect(await awsProfiles(env)).toEqual(["default", "work", "新闻", "other"]);
  expect(await awsProfiles({ AWS_CONFIG_FILE: folder, AWS_SHARED_CREDENTIALS_FILE: "/nowhere" })).toEqual([]);
});

test("a command signs its calls with the credentials and the region of the profile", async () => {
  const args = ["quarantine", "list", "--bucket", "snapshots", "--endpoint", endpoint, "--profile", "work"];
  // The profile of the command line wins over the environment.
  const { code, err } = await feedbell(args, {
    env: { ...env, AWS_ACCESS_KEY_ID: "AKIDENV", AWS_SECRET_ACCESS_KEY: "x", AWS_REGION: undefined },
  });
  expect(code).toBe(1);
  expect(err).toContain("AccessDenied");
  expect(authorizations[0]).toMatch(/Credential=AKIDWORK\/\d{8}\/eu-central-1\/s3\//);
});

test("an unknown profile is wrong usage, in one sentence with the nearest name", async () => {
  for (const args of [["status"], ["logs", "--log-group", "group"], ["export"]]) {
    const { code, out, err } = await feedbell([...args, "--profile", "wrok"], { env });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toBe('feedbell: There is no AWS profile "wrok"; did you mean work?\n');
  }
});

test("with a profile the stack is the deployed one", async () => {
  const outputs = {
    feedbell: { BucketName: "snapshots", IntakeQueueUrl: "https://sqs.eu-central-1.amazonaws.com/1/i" },
  };
  file("outputs.json", JSON.stringify(outputs));
  const before = { ...process.env };
  Object.assign(process.env, env);
  try {
    const stack = await findStack({ profile: "work" }, folder);
    expect(stack).toMatchObject({
      name: "the deployed stack feedbell",
      profile: "work",
      region: "eu-central-1",
    });
  } finally {
    for (const name of Object.keys(env)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
});
