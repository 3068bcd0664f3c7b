import { gzipSync } from "node:zlib";
import * as fc from "../../support/properties.ts";
import { describe, expect, test } from "vitest";
import { parseSnapshot } from "../../../functions/core/feed/parse.ts";
import { fixtures } from "../../support/feed-fixtures.ts";
import { cut, inSteps, plain } from "../../support/parsing.ts";
import { skippedIf } from "../../support/skipped.ts";

const entriesOf = async (bytes: Uint8Array): Promise<unknown> =>
  (await parseSnapshot(bytes)).entries.map(plain);
/** The compared parts of a snapshot, without offsets, which depend on the encoding. */
const whole = ({
  entries,
  rejects,
  warnings,
  feed,
  format,
}: Awaited<ReturnType<typeof parseSnapshot>>): unknown => ({
  entries: entries.map(plain),
  rejects: rejects.map(({ code, index }) => ({ code, index })),
  warnings,
  feed,
  format,
});

describe.each(fixtures)("$name", ({ text }) => {
  const bytes = Buffer.from(text);

  test("is read equally in chunks, byte by byte and at once", async () => {
    const expected = whole(await parseSnapshot(bytes));
    for (const step of [1, 2, 3, 7, 64]) expect(whole(await inSteps([bytes], step))).toEqual(expected);
    const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(whole(await inSteps(single, 1))).toEqual(expected);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(bytes.length), { maxLength: 12 }),
        fc.integer({ min: 1, max: 200 }),
        async (places, step) => {
          expect(whole(await inSteps(cut(bytes, places), step))).toEqual(expected);
        },
      ),
      { numRuns: 5, seed: 20240303 },
    );
  });

  test("is read equally with a byte order mark, gzip-compressed and with CRLF", async () => {
    const expected = await entriesOf(bytes);
    expect(await entriesOf(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]))).toEqual(expected);
    expect(await entriesOf(gzipSync(bytes))).toEqual(expected);
    const folded = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll("\\r\\n", "\\n"));
    expect(folded(await entriesOf(Buffer.from(text.replaceAll("\n", "\r\n"))))).toEqual(expected);
  });

  test("is read equally as UTF-16, with and without a byte order mark", async () => {
    const expected = await entriesOf(bytes);
    const little = Buffer.from(text, "utf16le");
    const big = Buffer.from(little).swap16();
    expect(await entriesOf(Buffer.concat([Buffer.from([0xff, 0xfe]), little]))).toEqual(expected);
    expect(await entriesOf(Buffer.concat([Buffer.from([0xfe, 0xff]), big]))).toEqual(expected);
    expect(await entriesOf(little)).toEqual(expected);
    expect(await entriesOf(big)).toEqual(expected);
  });

  // oxlint-disable-next-line no-control-regex -- ASCII and Latin-1
  const isLatin = /^[\0-\x7f\xa0-\xff]*$/.test(text);
  test(
    "is read equally as ISO-8859-1, declared or not",
    skippedIf(!isLatin, "the sample has characters that ISO-8859-1 lacks"),
    async () => {
      const expected = await entriesOf(bytes);
      const latin = Buffer.from(text.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"'), "latin1");
      expect(await entriesOf(latin)).toEqual(expected);
      expect(await entriesOf(Buffer.from(text, "latin1"))).toEqual(expected);
    },
  );
});

test("thousands of entries across many blocks are read equally in every step size", async () => {
  const items = Array.from(
    { length: 3000 },
    (_, at) =>
      `<item><title>№ ${at} — «ünï»</title><link>https://h.example/${at}</link><description><![CDATA[<p>${"x".repeat(at % 300)}</p>]]></description></item>`,
  );
  const bytes = Buffer.from(`<rss><channel><title>H</title>${items.join("\n")}</channel></rss>`);
  const expected = whole(await parseSnapshot(bytes));
  for (const step of [1021, 4096, 65_536])
    expect(whole(await inSteps(cut(bytes, [77, 5000, 70_001]), step))).toEqual(expected);
  expect(expected).toMatchObject({ warnings: [], feed: { title: "H" } });
});
