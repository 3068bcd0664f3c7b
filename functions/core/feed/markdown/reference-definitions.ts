/** Addresses by the labels of reference definitions, labels folded (CommonMark 0.31, section 4.7). */
export type Definitions = ReadonlyMap<string, string>;

const definition =
  /^ {0,3}\[([^[\]]{1,999})\]:[ \t]*(?:<([^<>]{1,4096})>|([^\s<][^\s]{0,4095}))(?:[ \t]+["'(].{0,999}["')])?[ \t]*$/;

/** The reference definitions of some lines; the first of a label counts. */
export function definitionsOf(lines: readonly string[]): Definitions {
  const found = new Map<string, string>();
  for (const line of lines) {
    if (!line.includes("]:")) continue;
    const [, label, angled, plain] = definition.exec(line) ?? [];
    const address = angled ?? plain;
    if (label !== undefined && address !== undefined && !found.has(foldLabel(label)))
      found.set(foldLabel(label), address);
  }
  return found;
}

/** Labels match without regard to case and white space. */
export function foldLabel(label: string): string {
  return label.trim().replace(/\s+/g, " ").toLowerCase();
}
