import type { SourceFeed } from "../message.ts";
import { feedBrand } from "../names.ts";

/** UTF-16 code units of a feed's name at most. */
const maxLength = 30;

/** A feed's name as an SMS shows it. */
export interface SmsFeed {
  readonly name: string;
  /** The end of the name is missing; a short form that names the publisher is not cut. */
  readonly isCut: boolean;
}

export const noFeed: SmsFeed = { name: "", isCut: false };

/** The feed's name in at most 30 UTF-16 code units. */
export function smsFeed(source: SourceFeed): SmsFeed {
  const name = feedBrand(source, maxLength);
  return { name, isCut: name.endsWith("…") && name.length <= maxLength && name !== source.title };
}
