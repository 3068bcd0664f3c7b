import type { Part } from "../text/byte-slices.ts";
import type { Child } from "./children.ts";
import type { DateScope } from "./entry-dates.ts";
import type { Values } from "./field-values.ts";

/** The source of a description or content: the position of its text, and how to read it. */
export interface BodySource extends Part {
  readonly kind: "html" | "markup" | "text" | "base64";
}

/** Shared state of the entries of a document. */
export interface EntryScope extends Values, DateScope {
  readonly base: string | undefined;
  readonly atomic: boolean;
  /** Those of the feed, for entries without any. */
  readonly authors: readonly string[];
  /** The child elements of an element of the current entry. */
  readonly inside: (child: Child) => readonly Child[];
  /** Returns the HTML of a description or content; may be called at any later time. */
  readonly htmlOf: (body: BodySource) => string;
}
