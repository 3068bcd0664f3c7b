import type { Chance } from "./random.ts";
import { render, type Rendering, type Shown } from "./rendering.ts";

/**
 * How a feed names its entries, and what therefore may change without making two readings possible: the rule of
 * `identity.ts` sends an entry again whose id is unstable and whose title was edited, so no feed here does that.
 */
export const traits = {
  "stable ids": { edits: ["title", "link", "text"] },
  "permalinks as ids": { edits: ["title", "text"] },
  "a new id at every poll": { edits: ["text"] },
  "all ids changed once": { edits: ["text"] },
  "no ids": { edits: ["title", "link", "text"] },
  "ids without links": { edits: ["title", "text"] },
  "one link for all": { edits: ["title", "text"] },
  "tracking parameters": { edits: ["title", "text"] },
  "several renderings": { edits: ["text"] },
} as const satisfies Record<string, { readonly edits: readonly ("title" | "link" | "text")[] }>;

export type Trait = keyof typeof traits;
export const allTraits = Object.keys(traits) as readonly Trait[];

interface Story {
  readonly number: number;
  readonly date: number;
  title: number;
  link: number;
  text: number;
}

export interface FeedHabits {
  readonly slug: string;
  readonly trait: Trait;
  /** Entries that the feed shows. */
  readonly length: number;
  /** New entries a poll, on average. */
  readonly rate: number;
  /** Probability that a poll finds one of the entries edited. */
  readonly edits: number;
  /** Probability that an entry which scrolled off comes back for a while. */
  readonly returns: number;
  /** Entries that never leave the feed. */
  readonly pinned: number;
  /** The file says when it was written, so that its bytes change at every poll. */
  readonly isStamped: boolean;
}

export interface DriftingFeed extends FeedHabits {
  /** The file that a poll finds. */
  poll(now: number): string;
  /** What the titles of all entries so far begin with. */
  readonly appeared: ReadonlySet<string>;
  /** Those that the last poll showed. */
  readonly shown: ReadonlySet<string>;
}

/** Finds in a text what the titles of entries begin with. */
export const marks = (text: string): readonly string[] => text.match(/Case [a-z]+\d+-\d+\b/g) ?? [];

const most = 6;

/** A feed that drifts as real ones do, and knows what it has shown. */
export function driftingFeed(habits: FeedHabits, random: Chance, start: number): DriftingFeed {
  const { slug, trait, length, pinned } = habits;
  const appeared = new Set<string>();
  let shown = new Set<string>();
  let count = 0;
  let polls = 0;
  const markOf = ({ number }: Story) => `Case ${slug}-${number}`;
  const add = (date: number): Story => ({ number: count++, date, title: 0, link: 0, text: 0 });
  const kept = Array.from({ length: pinned }, () => add(start - 86_400_000));
  const stories = Array.from({ length: length - pinned }, (_, i) => add(start - i * 600_000));
  let gone: Story[] = [];
  let returned: Story[] = [];

  function drift(now: number): void {
    let fresh = Math.floor(habits.rate) + (random.is(habits.rate % 1) ? 1 : 0);
    fresh = Math.min(fresh, 8);
    for (let i = 0; i < fresh; i++) stories.unshift(add(now - random.below(600) * 1000));
    gone = [...stories.splice(length - pinned), ...gone].slice(0, 50);
    if (random.is(0.2)) returned = [];
    if (returned.length === 0 && gone.length > 0 && random.is(habits.returns)) returned = [random.pick(gone)];
    if (random.is(habits.edits)) edit(random.pick([...kept, ...stories]));
  }

  function edit(story: Story): void {
    const what = random.pick(traits[trait].edits);
    // As many forms of an entry as the ledger remembers.
    if (story[what] < most) story[what]++;
  }

  function show(story: Story, rendering: Rendering): Shown {
    const { number, date } = story;
    const path = `https://${slug}.example/${number}${story.link > 0 ? `-${story.link}` : ""}`;
    const title = `${markOf(story)} as it was told${story.title > 0 ? `, edition ${story.title + 1}` : ""}`;
    const text = `What happened in this case, number ${number}, is told here at some length: version ${"abcdefgh"[story.text]} of it.`;
    const whole = { id: `${slug}:${number}`, link: path, title, date, text };
    const { id: _, ...anonymous } = whole;
    const { link: __, ...unlinked } = whole;
    const forms: Readonly<Record<Trait, () => Shown>> = {
      "stable ids": () => whole,
      "permalinks as ids": () => ({ ...whole, id: path }),
      "a new id at every poll": () => ({ ...whole, id: `${slug}:${number}:${polls}` }),
      "all ids changed once": () => (polls > 40 ? { ...whole, id: `moved:${number}` } : whole),
      "no ids": () => anonymous,
      "ids without links": () => unlinked,
      "one link for all": () => ({ ...whole, link: `https://${slug}.example/` }),
      "tracking parameters": () => ({
        ...anonymous,
        link: `${path}?utm_source=feed&utm_campaign=${polls}`,
      }),
      "several renderings": () => ({ rss: whole, atom: { ...whole, id: path }, json: anonymous })[rendering],
    };
    return forms[trait]();
  }

  return {
    ...habits,
    appeared,
    get shown() {
      return shown;
    },
    poll(now) {
      if (polls > 0) drift(now);
      polls++;
      const rendering =
        trait === "several renderings" ? random.pick<Rendering>(["rss", "atom", "json"]) : "rss";
      const visible = [...returned.filter((story) => !stories.includes(story)), ...stories, ...kept];
      shown = new Set(visible.map(markOf));
      for (const mark of shown) appeared.add(mark);
      return render(
        rendering,
        slug,
        visible.map((story) => show(story, rendering)),
        habits.isStamped ? now : undefined,
      );
    },
  };
}
