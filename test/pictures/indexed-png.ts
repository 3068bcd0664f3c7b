import { crc32, deflateSync, inflateSync } from "node:zlib";

/** A picture as bytes of red, green and blue. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Buffer;
}

const maxColours = 256;

/**
 * A PNG with at most 256 colours, about a third of the size of the original. Reads the form that browsers write: 8 bits,
 * RGB or RGBA without transparency, not interlaced (PNG Specification, third edition).
 */
export function toIndexedPng(png: Buffer): Buffer {
  const { width, height, rgb } = decode(png);
  const palette = choosePalette(rgb);
  const nearest = new Map<number, number>();
  const rows = Buffer.alloc((width + 1) * height);
  for (let i = 0; i < width * height; i += 1) {
    const colour = rgb.readUIntBE(3 * i, 3);
    const index = nearest.get(colour) ?? findNearest(palette, colour);
    nearest.set(colour, index);
    // Each row starts with the number of its filter, 0.
    rows[i + Math.floor(i / width) + 1] = index;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    png.subarray(0, 8),
    chunk("IHDR", header),
    chunk("PLTE", colours),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

function decode(png: Buffer): Pixels {
  const parts: Buffer[] = [];
  let header: Buffer = Buffer.alloc(13);
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const type = png.toString("latin1", at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    if (type === "IHDR") header = data;
    if (type === "IDAT") parts.push(data);
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = header[9] === 6 ? 4 : 3;
  const rows = unfilter(inflateSync(Buffer.concat(parts)), { width, height, channels });
  if (channels === 3) return { width, height, rgb: rows };
  const rgb = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i += 1) rows.copy(rgb, 3 * i, 4 * i, 4 * i + 3);
  return { width, height, rgb };
}

/** Reverses the filter of each row (section 9.2). */
function unfilter(
  data: Buffer,
  { width, height, channels }: { readonly width: number; readonly height: number; readonly channels: number },
): Buffer {
  const stride = width * channels;
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = data[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x < channels ? 0 : (rows[at - channels] ?? 0);
      const up = y === 0 ? 0 : (rows[at - stride] ?? 0);
      const corner = x < channels || y === 0 ? 0 : (rows[at - stride - channels] ?? 0);
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] ?? 0;
      rows[at] = (data[y * (stride + 1) + 1 + x] ?? 0) + predicted;
    }
  }
  return rows;
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** How many colours are kept exactly, so that large areas look as they are. */
const exactColours = 96;

/** The most frequent colours; of the others, similar ones count together under the most frequent of them. */
function choosePalette(rgb: Buffer): readonly number[] {
  const counts = new Map<number, number>();
  for (let at = 0; at < rgb.length; at += 3) {
    const colour = rgb.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const byCount = [...counts].sort(([, a], [, b]) => b - a);
  if (byCount.length <= maxColours) return byCount.map(([colour]) => colour);
  const groups = new Map<number, { readonly colour: number; count: number }>();
  for (const [colour, count] of byCount.slice(exactColours)) {
    const group = colour & 0xf0f0f0;
    const known = groups.get(group);
    if (known) known.count += count;
    else groups.set(group, { colour, count });
  }
  const others = [...groups.values()].sort((a, b) => b.count - a.count).map(({ colour }) => colour);
  return [...byCount.slice(0, exactColours).map(([colour]) => colour), ...others].slice(0, maxColours);
}

function findNearest(palette: readonly number[], colour: number): number {
  let best = 0;
  let least = Infinity;
  for (const [index, other] of palette.entries()) {
    const red = (colour >> 16) - (other >> 16);
    const green = ((colour >> 8) & 255) - ((other >> 8) & 255);
    const blue = (colour & 255) - (other & 255);
    const distance = 2 * red * red + 4 * green * green + 3 * blue * blue;
    if (distance >= least) continue;
    least = distance;
    best = index;
  }
  return best;
}
