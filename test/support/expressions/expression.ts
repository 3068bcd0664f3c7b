/** A regular expression of the product, and where it is. */
export interface Expression {
  /** Path from the project's root. */
  readonly file: string;
  readonly source: string;
  readonly flags: string;
}

/** How long an expression takes on its worst attack string. */
export interface AttackResult {
  readonly expression: Expression;
  /** The start of the attack string, and its length. */
  readonly attack: string;
  readonly length: number;
  /** Median CPU milliseconds of five calls. */
  readonly milliseconds: number;
  /** Time at this length over the time at half of it. */
  readonly growth: number;
}

/** What the child process is asked to do. */
export interface AttackOrder {
  readonly expressions: readonly Expression[];
  /** Modules whose constructed expressions are attacked too. */
  readonly modules: readonly string[];
  /** UTF-16 code units that an expression of a file sees at most, by the start of the file's path. */
  readonly inputLimits: readonly (readonly [path: string, limit: number])[];
}

export interface AttackReport {
  readonly constructed: readonly Expression[];
  readonly slow: readonly AttackResult[];
}
