import type { Limits } from "./entry.ts";

/**
 * What is read where nothing else is configured: an upload of 512 MiB, 1 GiB of it once expanded. Memory doesn't
 * follow these bounds but `entryLength`: one entry at a time is held.
 */
export const defaultLimits: Limits = {
  bytes: 512 * 1024 * 1024,
  expandedBytes: 1024 * 1024 * 1024,
  entries: 1_000_000,
  entryLength: 8 * 1024 * 1024,
  depth: 512,
  attributes: 256,
  entities: 100_000,
  milliseconds: 600_000,
};

/** The configured limits over the defaults; an explicit `undefined` counts as not configured. */
export function withDefaults(limits: Partial<Limits> | undefined): Limits {
  if (limits === undefined) return defaultLimits;
  const given = Object.entries(limits).filter(([, value]) => value !== undefined);
  return { ...defaultLimits, ...Object.fromEntries(given) };
}
