import type { Entry } from "../entry.ts";
import { joinSurrogates } from "./entities.ts";

/** The key of the source of an entry's bodies; non-enumerable. */
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
 * Adds `description` and `content` as getters that decode their source on each read, so that an entry keeps its text
 * only once. Spreading and `JSON.stringify` read them. If a source is undefined, the property is absent.
 */
export function withBodies<Source>(
  entry: Entry,
  descriptionSource: Source | undefined,
  contentSource: Source | undefined,
  make: (source: Source) => string,
): Entry {
  if (descriptionSource === undefined && contentSource === undefined) return entry;
  // The getters are shared by all entries: closures per entry would use three times as much memory.
  const kept: Bodies<Source> = { descriptionSource, contentSource, make };
  Object.defineProperty(entry, bodies, { value: kept });
  if (descriptionSource !== undefined) Object.defineProperty(entry, "description", descriptionProperty);
  if (contentSource !== undefined) Object.defineProperty(entry, "content", contentProperty);
  return entry;
}
