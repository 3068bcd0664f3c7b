import type { Limits } from "./entry.ts";

/**
 * The default limits: an upload of 512 MiB, 1 GiB when expanded. Only `entryLength` determines the memory, because one
 * entry at a time is kept.
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

/** Fills missing or `undefined` limits with the defaults. */
export function withDefaults(limits: Partial<Limits> | undefined): Limits {
  if (limits === undefined) return defaultLimits;
  const given = Object.entries(limits).filter(([, value]) => value !== undefined);
  return { ...defaultLimits, ...Object.fromEntries(given) };
}
