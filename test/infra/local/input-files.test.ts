import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { openInputFiles } from "../../../infra/local/input-files.ts";

const folder = mkdtempSync(path.join(tmpdir(), "feedbell-given-"));
afterAll(() => rmSync(folder, { recursive: true }));
const open = (...files: readonly string[]) => openInputFiles(files, { temporary: folder });
const at = (...names: readonly string[]) => path.join(folder, ...names);

for (const day of ["mon", "tue"]) {
  mkdirSync(at(day));
  writeFileSync(at(day, "feed.xml"), day);
}
writeFileSync(at("one\n.xml"), "one");

test("files are read in place; files with the same name are labelled by their paths", async () => {
  const [mon, tue, again] = [at("mon", "feed.xml"), at("tue", "feed.xml"), at("one\n.xml")];
  expect(await open(mon, mon, again)).toEqual([
    { name: "feed.xml", label: "feed.xml", path: mon },
    { name: "feed.xml", label: "feed.xml", path: mon },
    { name: "one\n.xml", label: String.raw`one\n.xml`, path: again },
  ]);
  expect((await open(mon, tue)).map(({ label }) => label)).toEqual([mon, tue]);
});

test("a pipe is read to its end", async ({ skip }) => {
  const pipe = at("pipe");
  if (spawnSync("mkfifo", [pipe]).status !== 0) skip("mkfifo is not installed");
  const [[given]] = await Promise.all([open(pipe), appendFile(pipe, "through the pipe")]);
  expect(given).toMatchObject({ name: "pipe", label: "pipe" });
  expect(readFileSync(given?.path ?? "", "utf8")).toBe("through the pipe");
});

test("unreadable files are reported with their reasons, one per line", async () => {
  mkdirSync(at("empty"));
  const opened = open(at("empty"), at("no\u001b[31m.xml"), at("one\n.xml", "below"), at("mon", "feed.xml"));
  await expect(opened).rejects.toThrow(
    [
      `cannot read ${at("empty")}: it is a folder without files.`,
      `cannot read ${at(String.raw`no\u001b[31m.xml`)}: no such file.`,
      `cannot read ${at(String.raw`one\n.xml`, "below")}: no such file.`,
    ].join("\n"),
  );
});

test("the files of a folder or a pattern keep their folders in a feed, and have none without one", async () => {
  mkdirSync(at("archive", "2026"), { recursive: true });
  for (const name of ["一.xml", "2026/二.xml", ".hidden"]) writeFileSync(at("archive", name), name);
  const ofFeed = await openInputFiles([at("archive")], { temporary: folder, feed: "港口" });
  expect(ofFeed.map(({ name }) => name)).toEqual(["港口/2026/二.xml", "港口/一.xml"]);
  const byPattern = await open(at("archive", "**", "*.xml"));
  expect(byPattern.map(({ name }) => name)).toEqual(["二.xml", "一.xml"]);
  expect(byPattern.map(({ path: file }) => readFileSync(file, "utf8"))).toEqual(["2026/二.xml", "一.xml"]);
});

test("standard input can be given only once", async () => {
  await expect(open("-", "-")).rejects.toThrow("Standard input (-) can be read only once");
});
