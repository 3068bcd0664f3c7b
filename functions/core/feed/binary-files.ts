interface Signature {
  readonly name: string;
  /** Bytes as Latin-1 text. */
  readonly bytes: string;
  /** Index of the bytes in the file; 0 by default. */
  readonly at?: number;
  /** More bytes that must follow somewhere in the head. */
  readonly also?: string;
}

/** What files of the common kinds start with; the more special ones of a kind first. */
const signatures: readonly Signature[] = [
  { name: "an EPUB book (a ZIP archive)", bytes: "PK\x03\x04", also: "application/epub+zip" },
  { name: "an Office document (a ZIP archive)", bytes: "PK\x03\x04", also: "[Content_Types].xml" },
  { name: "an OpenDocument file (a ZIP archive)", bytes: "PK\x03\x04", also: "vnd.oasis.opendocument" },
  { name: "a ZIP archive", bytes: "PK\x03\x04" },
  { name: "an empty ZIP archive", bytes: "PK\x05\x06" },
  { name: "a PDF", bytes: "%PDF-" },
  { name: "a PNG image", bytes: "\x89PNG\r\n\x1a\n" },
  { name: "a JPEG image", bytes: "\xff\xd8\xff" },
  { name: "a GIF image", bytes: "GIF87a" },
  { name: "a GIF image", bytes: "GIF89a" },
  { name: "a WebP image", bytes: "RIFF", also: "WEBP" },
  { name: "a WAV sound", bytes: "RIFF", also: "WAVE" },
  { name: "an AVI video", bytes: "RIFF", also: "AVI " },
  { name: "an AVIF image", bytes: "ftypavi", at: 4 },
  { name: "a HEIC image", bytes: "ftyphei", at: 4 },
  { name: "an MP4 file", bytes: "ftyp", at: 4 },
  { name: "a TIFF image", bytes: "II*\0" },
  { name: "a TIFF image", bytes: "MM\0*" },
  { name: "a bitmap image", bytes: "BM", also: "\0\0\0\0" },
  { name: "an icon image", bytes: "\0\0\x01\0" },
  { name: "an MP3 sound", bytes: "ID3" },
  { name: "an MP3 sound", bytes: "\xff\xfb" },
  { name: "an Ogg file", bytes: "OggS" },
  { name: "a FLAC sound", bytes: "fLaC" },
  { name: "a Matroska or WebM video", bytes: "\x1aE\xdf\xa3" },
  { name: "a bzip2 archive", bytes: "BZh", also: "1AY&SY" },
  { name: "an xz archive", bytes: "\xfd7zXZ\0" },
  { name: "a zstd archive", bytes: "(\xb5/\xfd" },
  { name: "an LZ4 archive", bytes: '\x04"M\x18' },
  { name: "a 7z archive", bytes: "7z\xbc\xaf'\x1c" },
  { name: "a RAR archive", bytes: "Rar!\x1a\x07" },
  { name: "a compress (.Z) archive", bytes: "\x1f\x9d" },
  { name: "a gzip file within a gzip file", bytes: "\x1f\x8b" },
  { name: "a tar archive", bytes: "ustar", at: 257 },
  { name: "a zlib stream", bytes: "x\x9c" },
  { name: "a zlib stream", bytes: "x\xda" },
  { name: "an SQLite database", bytes: "SQLite format 3\0" },
  { name: "an old Office or Outlook file", bytes: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" },
  { name: "a program", bytes: "\x7fELF" },
  { name: "a program", bytes: "MZ", also: "\0\0\0" },
  { name: "a program", bytes: "\xca\xfe\xba\xbe" },
  { name: "a WebAssembly module", bytes: "\0asm" },
  { name: "a font", bytes: "wOF" },
  { name: "a binary property list", bytes: "bplist00" },
  { name: "a Parquet file", bytes: "PAR1" },
];

/** What a file is whose first 512 bytes are those of a kind that is no text; undefined for others. */
export function binaryFileIn(head: Uint8Array): string | undefined {
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString("latin1");
  return signatures.find(
    ({ bytes, at = 0, also }) => text.startsWith(bytes, at) && (also === undefined || text.includes(also)),
  )?.name;
}

/** Whether bytes have control characters that no text has; UTF-16 and UTF-32 with a byte order mark are text. */
export function isBinary(head: Uint8Array): boolean {
  const [first, second] = head;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return false;
  const controls = head.filter((byte) => byte < 7 || (byte > 13 && byte < 27));
  return controls.length >= 2 && controls.length * 20 > head.length;
}
