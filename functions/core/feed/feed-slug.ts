import { hash } from "node:crypto";

const plain = /^[a-z0-9][a-z0-9._-]{0,59}$/;

/**
 * The unique ASCII slug of a feed's name: the name itself where it already is one, otherwise what ASCII can carry
 * of it and a short hash of the whole, so that two names never share a slug.
 */
export function slug(name: string): string {
  if (plain.test(name)) return name;
  const ascii = name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 40)
    .replace(/-$/, "");
  return `${ascii || "feed"}-${hash("sha256", name.normalize("NFC"), "hex").slice(0, 8)}`;
}

/** The feed's name in an object's key: the first part after the prefix; `undefined` where a key has none. */
export function feedOfKey(key: string, prefix: string): string | undefined {
  const rest = key.startsWith(prefix) ? key.slice(prefix.length) : key;
  const end = rest.indexOf("/");
  return end > 0 ? rest.slice(0, end) : undefined;
}
