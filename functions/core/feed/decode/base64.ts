/** The text of Base64 (RFC 4648 section 4), white space inside passed over; what is no Base64 comes back as it is. */
export function decodeBase64(encoded: string): string {
  const compact = encoded.replace(/\s+/g, "");
  if (compact === "" || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return encoded;
  return Buffer.from(compact, "base64").toString("utf8");
}
