import { machineView, type FakeSystem, type PublishedMessage } from "../support/fake-system.ts";

/** What became of the delivery promise in one run of a system. */
export interface PromiseCheck {
  /** Entries that an audience should have been told of and was not. */
  readonly lost: readonly string[];
  /** Entries or messages that an audience got again without a hidden publish before, and entries that nobody uploaded. */
  readonly unexplained: readonly string[];
  /** Messages that were published again because the success of a publish was hidden. */
  readonly explained: number;
}

/**
 * Compares what each audience was told with the titles that it was due, once each. A message that was published again
 * is explained only where the publish before took effect and its process could not record that: it died, the answer was
 * lost, or the mark was refused.
 */
export function checkPromise(
  system: Pick<FakeSystem, "published" | "marked" | "faults">,
  due: Readonly<Record<string, readonly string[]>>,
): PromiseCheck {
  const lost: string[] = [];
  const unexplained: string[] = [];
  let explained = 0;
  for (const [audience, titles] of Object.entries(due)) {
    const messages = Map.groupBy(
      system.published.filter((one) => one.audience === audience),
      ({ message }) => message.id,
    );
    const shown = new Map<string, number>();
    let counted = 0;
    for (const [id, publishes] of messages) {
      for (const before of publishes.slice(0, -1)) {
        if (isHidden(before, system)) explained++;
        else unexplained.push(`${audience}: ${id} was published ${publishes.length} times`);
      }
      const [first] = publishes;
      if (!first) continue;
      const { entries, more } = machineView(first.message);
      counted += more;
      for (const { title } of entries) shown.set(title, (shown.get(title) ?? 0) + 1);
    }
    for (const [title, times] of shown)
      if (times !== titles.filter((one) => one === title).length)
        unexplained.push(`${audience}: ${title} in ${times} messages`);
    const missing = [...new Set(titles)].filter((title) => !shown.has(title));
    if (missing.length > counted) lost.push(...missing.map((title) => `${audience}: ${title}`));
    if (missing.length < counted)
      unexplained.push(`${audience}: ${counted} counted, ${missing.length} not shown`);
  }
  return { lost, unexplained, explained };
}

function isHidden(
  { message, process }: PublishedMessage,
  { marked, faults }: Pick<FakeSystem, "marked" | "faults">,
): boolean {
  if (!process) return false;
  const isMarked = marked.some((mark) => mark.id === message.id && mark.process === process);
  const isDisturbed = faults.some(
    ({ call, fault }) =>
      call.process === process &&
      (fault.startsWith("die") || call.name === "topics.publish" || call.name === "ledger.markSent"),
  );
  return !isMarked && isDisturbed;
}
