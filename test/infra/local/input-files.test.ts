import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { takeFiles } from "../../../infra/local/input-files.ts";

const folder = mkdtempSync(path.join(tmpdir(), "feedbell-given-"));
afterAll(() => rmSync(folder, { recursive: true }));
const take = (...files: readonly string[]) => takeFiles(files, folder);
const at = (...names: readonly string[]) => path.join(folder, ...names);

for (const day of ["mon", "tue"]) {
  mkdirSync(at(day));
  writeFileSync(at(day, "feed.xml"), day);
}
writeFileSync(at("one\n.xml"), "one");

test("a file stays where it is; files of one name are told apart by their paths", async () => {
  const [mon, tue, again] = [at("mon", "feed.xml"), at("tue", "feed.xml"), at("one\n.xml")];
  expect(await take(mon, mon, again)).toEqual([
    { name: "feed.xml", label: "feed.xml", path: mon },
    { name: "feed.xml", label: "feed.xml", path: mon },
    { name: "one\n.xml", label: String.raw`one\n.xml`, path: again },
  ]);
  expect((await take(mon, tue)).map(({ label }) => label)).toEqual([mon, tue]);
});

test("a pipe is read to its end", async ({ skip }) => {
  const pipe = at("pipe");
  if (spawnSync("mkfifo", [pipe]).status !== 0) skip("mkfifo is not there");
  const [[given]] = await Promise.all([take(pipe), appendFile(pipe, "through the pipe")]);
  expect(given).toMatchObject({ name: "pipe", label: "pipe" });
  expect(readFileSync(given?.path ?? "", "utf8")).toBe("through the pipe");
});

test("whatever can't be read is told with its reason, each in a line", async () => {
  const taken = take(at("mon"), at("no\u001b[31m.xml"), at("one\n.xml", "below"), at("mon", "feed.xml"));
  await expect(taken).rejects.toThrow(
    [
      `${at("mon")} can't be read: it is a folder; expected a file.`,
      `${at(String.raw`no\u001b[31m.xml`)} can't be read: there is no such file.`,
      `${at(String.raw`one\n.xml`, "below")} can't be read: there is no such file.`,
    ].join("\n"),
  );
});

test("standard input is read once only", async () => {
  await expect(take("-", "-")).rejects.toThrow("Standard input (-) is given more than once");
});
