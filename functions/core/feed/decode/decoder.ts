import { isAscii, isUtf8 } from "node:buffer";
import { confirmEncoding, guessEncoding } from "./charset-statistics.ts";
import { byteOrderMark, declaredEncoding, unmarkedUtf16 } from "./declared-encoding.ts";
import type { Warning } from "../entry.ts";
import { joined, type Source } from "../text/byte-slices.ts";
import { decodeUtf8, measureUtf8 } from "./utf8.ts";

/**
 * Turns bytes into a window of text. If no byte of a multi-byte character can be markup (UTF-8, single-byte encodings,
 * EUC), the window has one character per byte, and only the fields that are read are decoded. Otherwise the window is
 * decoded text.
 */
export interface Decoding {
  /** WHATWG name; final once the snapshot has been read. */
  readonly encoding: () => string;
  /** Detects the encoding from the next block if it is still unknown; returns the block without a byte order mark. */
  readonly look: (block: Uint8Array) => Uint8Array;
  /** The window from `at` on, followed by the next bytes. */
  readonly extend: (window: string, at: number, parts: readonly Uint8Array[], last: boolean) => string;
  /** The current window as a source from which parts can be read later. */
  readonly source: () => Source;
  /** Decodes a part of a source; keeps nothing else of the source in memory. */
  readonly read: (source: Source, from: number, to: number) => string;
  /** Decodes a piece of window text. */
  readonly text: (raw: string) => string;
}

/** Encodings whose trail bytes may be ASCII (`]`, `|`, letters), or whose text is not ASCII-compatible. */
const wholeText = new Set([
  "gbk",
  "gb18030",
  "big5",
  "shift_jis",
  "iso-2022-jp",
  "utf-16le",
  "utf-16be",
  "replacement",
]);
const twoByte = new Set(["gbk", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"]);
const escapeByte = 0x1b;
/** Length in which a declaration is searched: an XML declaration is at the start, a `<meta>` may follow later. */
const nearHead = 2048;

/**
 * Detects the encoding from the first block that is not all ASCII: byte order mark, transport, declaration, `<meta>`,
 * each verified against the bytes, then statistics. Reports a declaration that the bytes contradict to `warn`.
 */
export function startDecoding(contentType: string | undefined, warn: (warning: Warning) => void): Decoding {
  let encoding = "utf-8";
  let declared: string | undefined;
  let language = (): string | undefined => undefined;
  let decided = false;
  let started = false;
  let noted = false;
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let fields: InstanceType<typeof TextDecoder> | undefined;

  /** The window's bytes, if it has one character per byte. */
  let held = joined(Buffer.alloc(0), 0, []);
  let source: Source = { text: "", bytes: undefined };

  const repaired = (raw: string): string => {
    const { text, strays } = decodeUtf8(raw);
    if (strays > 0 && !noted) {
      noted = true;
      warn({
        code: "encoding-repaired",
        message: "Some bytes are no UTF-8; they were read as windows-1252.",
      });
    }
    return text;
  };

  const settle = (name: string): void => {
    decided = true;
    encoding = name;
    decoder = wholeText.has(name) ? new TextDecoder(name) : undefined;
    fields = decoder === undefined && name !== "utf-8" ? new TextDecoder(name) : undefined;
  };

  const decide = (block: Uint8Array): void => {
    const chosen = choose(block, declared, language);
    if (declared !== undefined && chosen !== declared) {
      warn({
        code: "encoding-overruled",
        message: `The snapshot is declared as ${declared}, but its bytes are ${chosen}.`,
      });
    }
    settle(chosen);
  };

  const start = (block: Uint8Array): Uint8Array => {
    started = true;
    const mark = byteOrderMark(block);
    if (mark !== undefined) {
      settle(mark.encoding);
      return block.subarray(mark.length);
    }
    const wide = unmarkedUtf16(block);
    if (wide !== undefined) {
      settle(wide);
      return block;
    }
    const near = asBuffer(block.subarray(0, nearHead)).toString("latin1");
    const early = declaredEncoding(near, contentType);
    const declaration =
      early.from === undefined ? declaredEncoding(asBuffer(block).toString("latin1"), contentType) : early;
    if (declaration.unknown !== undefined) {
      warn({
        code: "encoding-unknown",
        message: `The declared encoding ${declaration.unknown} is unknown; the bytes decide.`,
      });
    }
    declared = declaration.encoding;
    if (declared?.startsWith("utf-16") === true || declared === "replacement") {
      warn({
        code: "encoding-overruled",
        message: `The snapshot is declared as ${declared}, which its bytes are not.`,
      });
      declared = undefined;
    }
    language = () => /(?:<(?:dc:)?language>\s*|xml:lang=["'])([a-z]{2})/i.exec(near)?.[1]?.toLowerCase();
    if (declared === "iso-2022-jp" && block.includes(escapeByte)) settle("iso-2022-jp");
    else if (declared !== undefined && isAscii(block)) encoding = declared;
    return block;
  };

  return {
    encoding: () => encoding,
    look: (block) => {
      const bytes = started ? block : start(block);
      if (!decided && !isAscii(bytes)) decide(bytes);
      return bytes;
    },
    extend: (window, at, parts, last) => {
      if (decoder !== undefined) {
        const stream = decoder;
        const more =
          parts.map((part) => stream.decode(part, { stream: true })).join("") + (last ? stream.decode() : "");
        source = { text: window.slice(at) + more, bytes: undefined };
      } else {
        held = joined(held, at, parts);
        source = { text: held.latin1Slice(0, held.length), bytes: held };
      }
      return source.text;
    },
    source: () => source,
    read: ({ text, bytes }, from, to) => {
      if (bytes === undefined) return text.slice(from, to);
      if (fields !== undefined) return fields.decode(bytes.subarray(from, to));
      const read = bytes.utf8Slice(from, to);
      return read.includes("\ufffd") ? repaired(bytes.latin1Slice(from, to)) : read;
    },
    text: (raw) => {
      if (decoder !== undefined) return raw;
      if (fields === undefined) return isAsciiText(raw) ? raw : repaired(raw);
      return isAsciiText(raw) ? raw : fields.decode(Buffer.from(raw, "latin1"));
    },
  };
}

function choose(block: Uint8Array, declared: string | undefined, language: () => string | undefined): string {
  // Fast path for the most common case.
  if ((declared === undefined || !twoByte.has(declared)) && isUtf8(inner(block))) return "utf-8";
  const { sequences, longer, broken } = measureUtf8(block);
  if (broken === 0) {
    // Two or three characters of a two-byte encoding may be valid UTF-8 by chance; a longer text is not.
    const doubtful = declared !== undefined && twoByte.has(declared) && longer === 0 && sequences <= 6;
    return doubtful ? declared : "utf-8";
  }
  if (declared === undefined || declared === "utf-8")
    return sequences >= broken ? "utf-8" : guessEncoding(block, language());
  const isMostlyUtf8 = sequences >= broken * 3;
  // A text in a two-byte encoding does not have that many valid UTF-8 sequences by chance.
  if (isMostlyUtf8 && sequences > 6 && twoByte.has(declared)) return "utf-8";
  const confirmed = confirmEncoding(block, declared, language());
  return confirmed ?? (isMostlyUtf8 ? "utf-8" : guessEncoding(block, language()));
}

/** The block without the characters that may be cut at its edges. */
function inner(bytes: Uint8Array): Uint8Array {
  let from = 0;
  while (from < 3 && ((bytes[from] ?? 0) & 0xc0) === 0x80) from++;
  let to = bytes.length;
  for (let back = 1; back <= 3 && to - back >= from; back++) {
    const byte = bytes[to - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    if (needs > back) to -= back;
    break;
  }
  return bytes.subarray(from, to);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

function isAsciiText(raw: string): boolean {
  // oxlint-disable-next-line no-control-regex -- ASCII as a whole
  return /^[\0-\x7f]*$/.test(raw);
}
