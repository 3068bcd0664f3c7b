import { deflateRawSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { parseSnapshot } from "../../../../functions/core/feed/parse.ts";
import { cut, inSteps, plain } from "../../../support/parsing.ts";

const feed = (count: number): string =>
  `<rss><channel><title>H</title>${Array.from(
    { length: count },
    (_, at) => `<item><title>${at} ${Math.sin(at)}</title><guid>https://h.example/${at}</guid></item>`,
  ).join("\n")}</channel></rss>`;

const text = feed(2000);
const packed = gzipSync(text);
const small = gzipSync(feed(3));
const behind = (bytes: Uint8Array, tail: Uint8Array | string): Buffer =>
  Buffer.concat([bytes, Buffer.from(tail)]);
const changed = (bytes: Uint8Array, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  const index = at < 0 ? copy.length + at : at;
  copy[index] = (copy[index] ?? 0) ^ 0x55;
  return copy;
};

/** Number of entries and codes of warnings; equal for every way of splitting the bytes. */
async function read(bytes: Uint8Array): Promise<{ entries: number; warnings: string[] }> {
  const whole = await parseSnapshot(bytes);
  const expected = { entries: whole.entries.map(plain), warnings: whole.warnings, rejects: whole.rejects };
  const places = Array.from({ length: 40 }, (_, at) => at * 997);
  const sources = [cut(bytes, places), cut(bytes, [1]), cut(bytes, [bytes.length - 1])];
  if (bytes.length < 2000) sources.push(Array.from(bytes, (byte) => Uint8Array.of(byte)));
  for (const chunks of sources) {
    const { entries, warnings, rejects } = await inSteps(chunks, 4096);
    expect({ entries: entries.map(plain), warnings, rejects }).toEqual(expected);
  }
  return { entries: whole.entries.length, warnings: whole.warnings.map(({ code }) => code) };
}

describe("data after a complete gzip stream loses no entry", () => {
  test.each([1, 512, 16_384, 40_000])("%d zeros of padding", async (zeros) => {
    expect(await read(behind(packed, Buffer.alloc(zeros)))).toEqual({ entries: 2000, warnings: [] });
    expect(await read(behind(small, Buffer.alloc(zeros)))).toEqual({ entries: 3, warnings: [] });
  });

  test.each(["\r\n", "\n", "<!-- cached -->", "\0\0junk", "x".repeat(40_000)])("junk %#", async (junk) => {
    expect(await read(behind(packed, junk))).toEqual({ entries: 2000, warnings: ["gzip-junk"] });
    expect(await read(behind(small, junk))).toEqual({ entries: 3, warnings: ["gzip-junk"] });
  });

  test("at every end position within a slice", async () => {
    for (let more = 0; more < 12; more++) {
      // Stored blocks make the packed length follow the text's.
      const long = `${feed(1)}${" ".repeat(16_384 - feed(1).length - 40 + more)}`;
      const stored = gzipSync(long, { level: 0 });
      expect(await read(stored)).toEqual({ entries: 1, warnings: [] });
      expect(await read(behind(stored, "\0"))).toEqual({ entries: 1, warnings: [] });
    }
  });
});

describe("a damaged gzip stream yields everything before the damage", () => {
  test.each([-1, -8])("a wrong trailer (%d) loses nothing", async (at) => {
    expect(await read(changed(packed, at))).toEqual({ entries: 2000, warnings: ["truncated"] });
    expect(await read(changed(small, at))).toEqual({ entries: 3, warnings: ["truncated"] });
  });

  test("a missing trailer loses nothing", async () => {
    expect(await read(packed.subarray(0, -8))).toEqual({ entries: 2000, warnings: ["truncated"] });
    expect(await read(small.subarray(0, -3))).toEqual({ entries: 3, warnings: ["truncated"] });
  });

  test("an invalid block within a slice loses nothing before it", async () => {
    // Two halves flushed to whole bytes, then the reserved block type 3 (RFC 1951 section 3.2.3).
    const half = text.slice(0, text.lastIndexOf("</item>", 20_000) + 7);
    const flushed = deflateRawSync(half, { finishFlush: 2 });
    const bytes = Buffer.concat([small.subarray(0, 10), flushed, Buffer.from([7]), Buffer.alloc(100, 1)]);
    const { entries, warnings } = await read(bytes);
    expect(entries).toBe(half.split("<item>").length - 1);
    expect(warnings).toContain("truncated");
  });

  test("a truncated second member does not affect the first", async () => {
    const half = text.indexOf("<item>", text.length / 2);
    const first = gzipSync(text.slice(0, half));
    const second = gzipSync(text.slice(half), { level: 9 });
    expect(await read(behind(first, second))).toEqual({ entries: 2000, warnings: [] });
    const { entries, warnings } = await read(behind(first, second.subarray(0, 9)));
    expect(entries).toBe(text.slice(0, half).split("<item>").length - 1);
    expect(warnings).toContain("truncated");
  });
});

test("skips a header with name, comment, extra bytes and checksum", async () => {
  const fields = Buffer.from("\x03\0abcname.xml\0a comment\0\x12\x34", "latin1");
  const header = Buffer.from(small.subarray(0, 10));
  header[3] = 4 | 8 | 16 | 2;
  expect(await read(Buffer.concat([header, fields, small.subarray(10)]))).toEqual({
    entries: 3,
    warnings: [],
  });
});

test("rejects bytes that only start like gzip as damaged", async () => {
  for (const bytes of [Buffer.from([0x1f, 0x8b]), Buffer.from("\x1f\x8b\x07nothing", "latin1")])
    await expect(parseSnapshot(bytes)).rejects.toMatchObject({ code: "snapshot-corrupt-gzip" });
});
