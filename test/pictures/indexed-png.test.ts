import { crc32, deflateSync, inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { toIndexedPng } from "./indexed-png.ts";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const numbers = Buffer.alloc(8);
  numbers.writeUInt32BE(data.length, 0);
  numbers.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([numbers.subarray(0, 4), named, numbers.subarray(4)]);
}

type Colour = readonly [red: number, green: number, blue: number];

/** The predictors of the filters None, Sub, Up, Average and Paeth (PNG Specification, third edition, section 9.2). */
const predictors = [
  () => 0,
  (left: number) => left,
  (_left: number, up: number) => up,
  (left: number, up: number) => Math.floor((left + up) / 2),
  (left: number, up: number, corner: number) => {
    const distance = (value: number) => Math.abs(left + up - corner - value);
    const candidates = [left, up, corner];
    const least = Math.min(...candidates.map(distance));
    return candidates.find((value) => distance(value) === least) ?? 0;
  },
] as const;

/** A PNG as browsers write it, each row with the filter that is given for it. */
function browserPng(
  rows: readonly (readonly Colour[])[],
  { channels, filters }: { readonly channels: 3 | 4; readonly filters: readonly number[] },
): Buffer {
  const width = rows[0]?.length ?? 0;
  const raw = rows.map((row) => row.flatMap((colour) => (channels === 4 ? [...colour, 255] : [...colour])));
  const filtered = raw.flatMap((row, y) => {
    const filter = filters[y % filters.length] ?? 0;
    const above = raw[y - 1] ?? [];
    const at = (list: readonly number[], x: number) => list[x] ?? 0;
    const bytes = row.map((value, x) => {
      const predict = predictors[filter] ?? predictors[0];
      return (value - predict(at(row, x - channels), at(above, x), at(above, x - channels))) & 255;
    });
    return [filter, ...bytes];
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(rows.length, 4);
  header.set([8, channels === 4 ? 6 : 2, 0, 0, 0], 8);
  const data = deflateSync(Buffer.from(filtered));
  const half = Math.floor(data.length / 2);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    // An encoder may split the data anywhere.
    chunk("IDAT", data.subarray(0, half)),
    chunk("IDAT", data.subarray(half)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Reads an indexed PNG, and checks each chunk's checksum. */
function readIndexed(png: Buffer): readonly (readonly Colour[])[] {
  expect(png.subarray(0, 8)).toEqual(signature);
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length;) {
    const size = png.readUInt32BE(at);
    const named = png.subarray(at + 4, at + 8 + size);
    expect(png.readUInt32BE(at + 8 + size)).toBe(crc32(named));
    chunks.set(named.toString("latin1", 0, 4), named.subarray(4));
    at += 12 + size;
  }
  expect([...chunks.keys()]).toEqual(["IHDR", "PLTE", "IDAT", "IEND"]);
  const part = (type: string) => chunks.get(type) ?? Buffer.alloc(0);
  const header = part("IHDR");
  expect([...header.subarray(8)], "8 bits, indexed, not interlaced").toEqual([8, 3, 0, 0, 0]);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const rows = inflateSync(part("IDAT"));
  expect(rows).toHaveLength((width + 1) * height);
  const palette = part("PLTE");
  expect(palette.length).toBeLessThanOrEqual(3 * 256);
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x): Colour => {
      const index = 3 * (rows[y * (width + 1) + 1 + x] ?? 0);
      expect(index).toBeLessThan(palette.length);
      return [palette[index] ?? 0, palette[index + 1] ?? 0, palette[index + 2] ?? 0];
    }),
  );
}

describe("an indexed PNG", () => {
  const few = Array.from({ length: 12 }, (_, y) =>
    Array.from({ length: 17 }, (_, x): Colour => [x * 15, y * 20, (x * y) % 3 === 0 ? 255 : 7]),
  );

  test.each([
    ["RGB", 3],
    ["RGBA", 4],
  ] as const)("shows the same picture where it has at most 256 colours: %s, every filter", (_, channels) => {
    expect(readIndexed(toIndexedPng(browserPng(few, { channels, filters: [0, 1, 2, 3, 4] })))).toEqual(few);
  });

  test("keeps frequent colours exactly and the others nearly", () => {
    const background: Colour = [250, 248, 240];
    const many = Array.from({ length: 64 }, (_, y) =>
      Array.from({ length: 64 }, (_, x): Colour => (x < 32 ? background : [x * 4, y * 4, (x * y) % 256])),
    );
    const read = readIndexed(toIndexedPng(browserPng(many, { channels: 3, filters: [4] })));
    const left = (rows: readonly (readonly Colour[])[]) => rows.map((row) => row.slice(0, 32));
    expect(left(read)).toEqual(left(many));
    const distances = read.flatMap((row, y) =>
      row.slice(32).map((colour, x) => {
        const wanted = many[y]?.[x + 32] ?? background;
        return Math.hypot(...colour.map((value, i) => value - (wanted[i] ?? 0)));
      }),
    );
    const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
    expect(mean, "mean distance of a colour, of at most 442").toBeLessThan(40);
  });
});
