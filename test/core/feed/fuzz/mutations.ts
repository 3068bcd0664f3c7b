import { gzipSync } from "node:zlib";

/** A small deterministic generator (mulberry32), so that a case is known by its seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const tokens = [
  "<", ">", "</", "/>", "<![CDATA[", "]]>", "<!--", "-->", "<?xml", "?>", "<!DOCTYPE rss [", "]>", '<!ENTITY a "&a;&a;">', "&a;", "&#0;", "&#x110000;",
  "&#xd800;", "&amp;", "&lt;", "&", "\0", "\ufeff", "\u202e", "\ud800", "<item>", "</item>", "<entry>", "</entry>", "<title>", "</title>", "<link/>",
  "<channel>", "</rss>", ' xmlns="x"', ' xml:base="http://["', ' a="', "'", '"', "=", "{", "}", "[", "]", ",", ":", "\\", "\\u0000", '"items":[', "null",
  "1e999", "-", "\n---\n", "\n===\n", "# ", "<!--1706215143000-->", "](", "```", "\r\n", "\r", "<div>", "</div>", "<script>", "<svg>", "%", "//", "javascript:",
  "é", "漢", "😀", "9".repeat(40), " ".repeat(300), "<a".repeat(50), "Thu, 32 Foo 9999 99:99:99 ZZZ", '<meta charset="utf-16">', 'encoding="gbk"',
]; // prettier-ignore

/** One to six structure-aware changes of a snapshot: tokens inserted, tags cut, doubled, swapped, bytes flipped, tail cut. */
export function mutate(text: string, pool: readonly string[], random: () => number): Uint8Array {
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  let mutated = text;
  for (let changes = 1 + below(6); changes > 0; changes--) {
    const at = below(mutated.length + 1);
    const to = Math.min(mutated.length, at + 1 + below(random() < 0.8 ? 20 : mutated.length + 1));
    switch (below(9)) {
      case 0:
      case 1:
        mutated = mutated.slice(0, at) + pick(tokens) + mutated.slice(at);
        break;
      case 2:
        mutated = mutated.slice(0, at) + mutated.slice(to);
        break;
      case 3:
        mutated = mutated.slice(0, to) + mutated.slice(at, to).repeat(1 + below(5)) + mutated.slice(to);
        break;
      case 4:
        mutated = withoutTag(mutated, random);
        break;
      case 5:
        mutated = mutated.slice(0, at) + spliceOf(pick(pool), random) + mutated.slice(to);
        break;
      case 6:
        mutated = mutated.slice(0, at) + pick(tokens) + mutated.slice(to);
        break;
      case 7:
        if (random() < 0.3) mutated = mutated.slice(0, at);
        break;
      default:
        mutated = mutated.slice(0, at) + mutated.slice(at, to).toUpperCase() + mutated.slice(to);
    }
    if (mutated.length > 20_000) mutated = mutated.slice(0, 20_000);
  }
  return encoded(mutated, random);
}

function withoutTag(text: string, random: () => number): string {
  const from = text.indexOf("<", Math.floor(random() * text.length));
  const to = text.indexOf(">", from);
  return from < 0 || to < 0 ? text : text.slice(0, from) + text.slice(to + 1);
}

function spliceOf(other: string, random: () => number): string {
  const from = Math.floor(random() * other.length);
  return other.slice(from, from + Math.floor(random() * 400));
}

function encoded(text: string, random: () => number): Uint8Array {
  const kind = random();
  let bytes: Buffer =
    kind < 0.75
      ? Buffer.from(text)
      : kind < 0.85
        ? Buffer.from(text, "utf16le")
        : Buffer.from(text, "latin1");
  if (kind > 0.83 && kind < 0.85) bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), bytes]);
  for (let flips = random() < 0.3 ? Math.floor(random() * 8) : 0; flips > 0 && bytes.length > 0; flips--) {
    bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  }
  if (random() < 0.05) {
    const packed = gzipSync(bytes, { level: 1 });
    bytes = random() < 0.5 ? packed : packed.subarray(0, Math.floor(random() * packed.length));
  }
  return bytes;
}
