import { isUtf8 } from "node:buffer";

const latin1 = new TextDecoder("windows-1252");

/**
 * Decodes UTF-8 bytes that are stored one per character, and counts invalid bytes. An invalid byte is read as
 * windows-1252, its usual origin; a truncated sequence becomes U+FFFD.
 */
export function decodeUtf8(raw: string): { text: string; strays: number } {
  const bytes = Buffer.from(raw, "latin1");
  return isUtf8(bytes) ? { text: bytes.toString("utf8"), strays: 0 } : mend(bytes);
}

/** Counts valid multi-byte sequences, those of three or more bytes, and invalid bytes. Ignores a truncated end. */
export function measureUtf8(bytes: Uint8Array): { sequences: number; longer: number; broken: number } {
  const counts = { sequences: 0, longer: 0, broken: 0 };
  for (let at = 0; at < bytes.length;) {
    if ((bytes[at] ?? 0) < 0x80) {
      at++;
      continue;
    }
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      counts.sequences++;
      if (length > 2) counts.longer++;
      at += length;
    } else {
      if (bytes.length - at > 3) counts.broken++;
      at++;
    }
  }
  return counts;
}

function mend(bytes: Buffer): { text: string; strays: number } {
  let out = "";
  let strays = 0;
  let from = 0;
  for (let at = 0; at < bytes.length;) {
    if ((bytes[at] ?? 0) < 0x80) {
      at++;
      continue;
    }
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      if (length === pairLength) {
        out += bytes.toString("utf8", from, at) + surrogatePair(bytes, at);
        from = at + length;
      }
      at += length;
      continue;
    }
    strays++;
    out += bytes.toString("utf8", from, at);
    const cut = cutLength(bytes, at);
    out += cut > 1 ? "\ufffd" : latin1.decode(bytes.subarray(at, at + 1));
    at += cut;
    from = at;
  }
  return { text: out + bytes.toString("utf8", from), strays };
}

/** Two sequences of three bytes, as CESU-8 (Unicode Technical Report 26) writes a character beyond U+FFFF. */
const pairLength = 6;

function isSurrogatePair(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === 0xed &&
    ((bytes[at + 1] ?? 0) & 0xf0) === 0xa0 &&
    ((bytes[at + 2] ?? 0) & 0xc0) === 0x80 &&
    bytes[at + 3] === 0xed &&
    ((bytes[at + 4] ?? 0) & 0xf0) === 0xb0 &&
    ((bytes[at + 5] ?? 0) & 0xc0) === 0x80
  );
}

function surrogatePair(bytes: Uint8Array, at: number): string {
  const unit = (from: number): number =>
    0xd000 | (((bytes[from + 1] ?? 0) & 0x3f) << 6) | ((bytes[from + 2] ?? 0) & 0x3f);
  return String.fromCharCode(unit(at), unit(at + 3));
}

/** Length of the well-formed sequence (Unicode Standard, table 3-7) or the surrogate pair of CESU-8 at `at`, or 0. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  if (lead < 0xc2 || lead > 0xf4 || (second & 0xc0) !== 0x80) return 0;
  if (lead < 0xe0) return 2;
  if (lead === 0xed && second > 0x9f) return isSurrogatePair(bytes, at) ? pairLength : 0;
  if (lead === 0xe0 && second < 0xa0) return 0;
  if (((bytes[at + 2] ?? 0) & 0xc0) !== 0x80) return 0;
  if (lead < 0xf0) return 3;
  if ((lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f)) return 0;
  return ((bytes[at + 3] ?? 0) & 0xc0) === 0x80 ? 4 : 0;
}

/** Length of a truncated sequence; 1 for a byte that can't start a sequence. */
function cutLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const wanted = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  let length = 1;
  if (lead < 0xe0) return 1;
  while (length < wanted && ((bytes[at + length] ?? 0) & 0xc0) === 0x80) length++;
  return length;
}
