/** Decodes Base64 text (RFC 4648 section 4), ignoring white space. Returns other text unchanged. */
export function decodeBase64(encoded: string): string {
  const compact = encoded.replace(/\s+/g, "");
  if (compact === "" || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return encoded;
  return Buffer.from(compact, "base64").toString("utf8");
}
