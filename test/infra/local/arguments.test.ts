import { CommanderError } from "commander";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { parseArguments } from "../../../infra/local/arguments.ts";

let written = "";
beforeEach(() => {
  written = "";
  const write = (text: string | Uint8Array) => {
    written += String(text);
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(write);
  vi.spyOn(process.stderr, "write").mockImplementation(write);
});
afterEach(() => void vi.restoreAllMocks());

test("uploads the samples by default", () => {
  expect(parseArguments([])).toEqual({ samples: true });
});

test("all options", () => {
  const argv = ["--no-samples", "--function-endpoint", "http://127.0.0.1:7000/", "--port", "9000"];
  expect(parseArguments(argv)).toEqual({
    samples: false,
    functionEndpoint: "http://127.0.0.1:7000",
    port: 9000,
  });
});

test.each([
  ["a", "b", "--once", "--json"],
  ["--once", "--json", "a", "b"],
  ["--json", "--once", "a", "b"],
  ["--once", "a", "--json", "b"],
])("files and options in any order: %j", (...argv) => {
  expect(parseArguments(argv)).toEqual({ once: ["a", "b"], json: true, samples: true });
});

test("--once with the feed of the files", () => {
  const expected = { once: ["archive"], feed: "voa", samples: true };
  expect(parseArguments(["--once", "archive", "--feed", "voa"])).toEqual(expected);
});

test("accepts a file name that looks like an option after --, and - for standard input", () => {
  expect(parseArguments(["--once", "--", "--json", "-"])).toEqual({ once: ["--json", "-"], samples: true });
});

test.each([
  [["--once"], "--once needs at least one FILE"],
  [["--port", "0"], "Expected a number from 1 to 65534"],
  [["--port", "http"], "Expected a number from 1 to 65534"],
  [["--function-endpoint", "localhost:99"], "Expected an address such as"],
  [["--function-endpoint", "http://127.0.0.1/path"], "Expected an address such as"],
  [["--sample"], "unknown option"],
  [["file.xml"], "file.xml: FILE needs --once: npm start -- --once FILE"],
  [["a\u001b[31m.xml"], "error: a.xml: FILE"],
  [["--once", "--jsn", "file.xml"], "unknown option"],
  [["--json"], "--json needs --once"],
  [["--feed", "voa"], "--feed needs --once"],
  [["--once", "a.xml", "--feed", "a/b"], "Expected the name of a folder, without a slash"],
])("rejects %j with a reason", (argv, message) => {
  expect(() => parseArguments(argv)).toThrow(CommanderError);
  expect(written).toContain(message);
  // `npm start --help` would be the help of npm.
  expect(written).toMatch(/\nRun `npm start -- --help` for usage\.\n$/);
});

test("--help shows examples and exit codes", () => {
  expect(() => parseArguments(["--help"])).toThrow(expect.objectContaining({ exitCode: 0 }));
  expect(written).toContain("npm start -- --once feed.xml");
  expect(written).toMatch(/Exit codes: 0 .*; 1 /);
});
