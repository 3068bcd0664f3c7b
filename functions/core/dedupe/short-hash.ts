import { hash } from "node:crypto";

/** A hash of 66 bits: enough to tell a few things of one kind apart, such as the titles of an entry. */
export const shortHash = (text: string): string => hash("sha256", text, "base64url").slice(0, 11);
