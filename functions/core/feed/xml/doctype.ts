import { decodeEntities, expandsBeyond, type Declared } from "../text/entities.ts";

const maxEntities = 200;
const maxValueLength = 4096;
const maxTotalLength = 64 * 1024;

/**
 * The internal general entities of a DOCTYPE (XML 1.0 section 4.2.1), each expanded with the previous ones. External
 * and parameter entities are ignored. Values of more than 4,096 code units, or 64 KiB in total, are omitted, which
 * prevents exponential expansion.
 */
export function declaredEntities(doctype: string): Declared | undefined {
  const found = new Map<string, string>();
  let sum = 0;
  let at = doctype.indexOf("<!ENTITY");
  for (let count = 0; at >= 0 && count < maxEntities; count++) {
    const end = doctype.indexOf(">", at);
    const match = /^<!ENTITY\s+([\w.:-]{1,40})\s+(?:"([^"]*)"|'([^']*)')\s*>/.exec(
      doctype.slice(at, end < 0 ? undefined : at + maxValueLength),
    );
    const raw = match?.[2] ?? match?.[3] ?? "";
    const value = expandsBeyond(raw, found, maxValueLength) ? undefined : decodeEntities(raw, found);
    if (
      match?.[1] !== undefined &&
      value !== undefined &&
      value.length <= maxValueLength &&
      sum + value.length <= maxTotalLength
    ) {
      found.set(match[1], value);
      sum += value.length;
    }
    at = doctype.indexOf("<!ENTITY", at + 8);
  }
  return found.size === 0 ? undefined : found;
}
