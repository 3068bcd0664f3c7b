import { execFile, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { devNull, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import type { LocalStack } from "../../infra/local/local-stack.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { numbers, rss } from "../support/fake-system.ts";
import { skippedIf } from "../support/skipped.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const missing = ["curl", "aws", "bash"].filter((tool) => spawnSync(tool, ["--version"]).status !== 0);

/** The command of the workflow's last step. */
function workflowCommand(): string {
  const workflow = parse(readFileSync(path.join(root, ".github/examples/fetch-feeds.yml"), "utf8")) as {
    readonly jobs: { readonly fetch: { readonly steps: readonly { readonly run?: string }[] } };
  };
  return workflow.jobs.fetch.steps.at(-1)?.run ?? "";
}

/** The command of the line for cron in `infra/README.md`. */
function cronCommand(): string {
  const line = /^ *\d+ \* \* \* \* (.+)$/m.exec(readFileSync(path.join(root, "infra/README.md"), "utf8"));
  return line?.[1] ?? "";
}

describe(
  "the examples that fetch feeds",
  skippedIf(missing.length > 0, `${missing.join(", ")} is not installed`),
  () => {
    let stack: LocalStack;
    let server: Server;
    let folder: string;
    /** What the site serves, by path. */
    const pages = new Map<string, string>();

    beforeAll(async () => {
      server = createServer((request, response) => {
        const page = pages.get(request.url ?? "");
        const etag = `"${page?.length}"`;
        if (page === undefined) response.writeHead(404).end("Not found");
        else if (request.headers["if-none-match"] === etag) response.writeHead(304, { etag }).end();
        else response.writeHead(200, { etag }).end(page);
      });
      await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
      stack = await startLocalStack({
        configuration: parseConfiguration({ audiences: [{ name: "all", mode: "digest" }] }),
      });
    });
    afterAll(async () => {
      await stack.stop();
      await new Promise((resolve) => server.close(resolve));
    });
    beforeEach(() => {
      folder = mkdtempSync(path.join(tmpdir(), "feedbell-fetch-"));
      pages.clear();
      return () => rmSync(folder, { recursive: true });
    });

    const site = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

    /** Runs a command in a folder with the script, with the credentials of the local stack. */
    function run(command: string): Promise<{ readonly code: number; readonly stderr: string }> {
      copyFileSync(path.join(root, ".github/examples/fetch-feeds.sh"), path.join(folder, "fetch-feeds.sh"));
      const env = {
        PATH: process.env["PATH"],
        HOME: folder,
        AWS_CONFIG_FILE: devNull,
        AWS_ENDPOINT_URL: stack.endpoint,
        AWS_ACCESS_KEY_ID: "any",
        AWS_SECRET_ACCESS_KEY: "thing",
        AWS_REGION: stack.region,
        AWS_DEFAULT_REGION: stack.region,
        BUCKET: stack.bucket,
      };
      return new Promise((resolve) => {
        execFile("bash", ["-c", command], { cwd: folder, env }, (error, _, stderr) =>
          resolve({ code: error ? Number(error.code) : 0, stderr }),
        );
      });
    }

    /** The keys of all uploaded versions. */
    async function uploads(): Promise<readonly string[]> {
      const listed = await (await fetch(`${stack.inbox}/api/snapshots`)).json();
      return (listed as { readonly key: string }[]).map(({ key }) => key).toSorted();
    }

    const mails = () => stack.messages().filter(({ channel }) => channel === "email").length;

    test("the workflow uploads what has changed, and goes on after a feed that fails", async () => {
      pages.set("/a.xml", rss([1]));
      pages.set("/b.xml", rss(numbers(2, 3)));
      const feeds = `# feeds\nharbour ${site()}/a.xml\n\nlost ${site()}/none.xml\ncity ${site()}/b.xml`;
      writeFileSync(path.join(folder, "feeds.txt"), feeds);
      const first = await run(workflowCommand());
      expect(first.code).toBe(1);
      expect(first.stderr).toContain(`lost: ${site()}/none.xml was not fetched`);
      expect(await uploads()).toEqual(["snapshots/city/latest", "snapshots/harbour/latest"]);
      await stack.idle();
      const sent = mails();
      expect(sent).toBe(2);

      pages.set("/b.xml", rss(numbers(2, 4)));
      await run(workflowCommand());
      await stack.idle();
      expect(mails(), "one feed has changed").toBe(sent + 1);
      expect(await uploads()).toEqual([
        "snapshots/city/latest",
        "snapshots/city/latest",
        "snapshots/harbour/latest",
      ]);
    });

    test("the line for cron uploads a feed", async () => {
      pages.set("/rss.xml", rss([9]));
      const before = mails();
      const command = cronCommand()
        .replaceAll("https://feed.example", site())
        .replaceAll("BUCKET", stack.bucket);
      expect(command).toContain("aws s3 cp");
      expect(await run(command)).toEqual({ code: 0, stderr: "" });
      await stack.idle();
      expect(mails()).toBe(before + 1);
    });
  },
);
