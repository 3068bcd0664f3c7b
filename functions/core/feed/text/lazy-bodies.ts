import type { Entry } from "../entry.ts";
import { joinSurrogates } from "./entities.ts";

/** Where an entry keeps what its bodies are made from; it shows in no listing and no copy. */
const bodies = Symbol("bodies");

interface Bodies<Source> {
  readonly descriptionSource: Source | undefined;
  readonly contentSource: Source | undefined;
  readonly make: (source: Source) => string;
}

interface WithBodies {
  readonly [bodies]: Bodies<unknown>;
}

const descriptionProperty: PropertyDescriptor & ThisType<WithBodies> = {
  enumerable: true,
  configurable: true,
  get() {
    const { make, descriptionSource } = this[bodies];
    return joinSurrogates(make(descriptionSource));
  },
};
const contentProperty: PropertyDescriptor & ThisType<WithBodies> = {
  enumerable: true,
  configurable: true,
  get() {
    const { make, contentSource } = this[bodies];
    return joinSurrogates(make(contentSource));
  },
};

/**
 * The entry with `description` and `content` as properties that are made from their source whenever they are read, so
 * that an entry keeps one form of its text only; listing, copying and `JSON.stringify` read them. Where a source is undefined the property is absent.
 */
export function withBodies<Source>(
  entry: Entry,
  descriptionSource: Source | undefined,
  contentSource: Source | undefined,
  make: (source: Source) => string,
): Entry {
  if (descriptionSource === undefined && contentSource === undefined) return entry;
  // The getters are shared by all entries: closures of their own would cost each of them three times as much.
  const kept: Bodies<Source> = { descriptionSource, contentSource, make };
  Object.defineProperty(entry, bodies, { value: kept });
  if (descriptionSource !== undefined) Object.defineProperty(entry, "description", descriptionProperty);
  if (contentSource !== undefined) Object.defineProperty(entry, "content", contentProperty);
  return entry;
}
