import type { Part } from "../text/byte-slices.ts";
import type { Child } from "./children.ts";
import type { DateScope } from "./entry-dates.ts";
import type { Values } from "./field-values.ts";

/** What a description or content is made from when it is read: where its text stands, and how to take it. */
export interface BodySource extends Part {
  readonly kind: "html" | "markup" | "text" | "base64";
}

/** What the entries of a document share, and where their notes go. */
export interface EntryScope extends Values, DateScope {
  readonly base: string | undefined;
  readonly atomic: boolean;
  /** The feed's own, for entries without. */
  readonly authors: readonly string[];
  /** The elements directly inside one of the entry that is being read. */
  readonly inside: (child: Child) => readonly Child[];
  /** Makes a description's or content's HTML; may be called at any later time. */
  readonly htmlOf: (body: BodySource) => string;
}
