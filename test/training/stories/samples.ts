import { candidatesIn } from "../../../functions/core/message/stories/candidates.ts";
import { evidenceUnlessOpposed } from "../../../functions/core/message/stories/likelihood.ts";
import { profilesOf } from "../../../functions/core/message/stories/profiles.ts";
import { isSpaceless } from "../../../functions/core/message/stories/tokens.ts";
import type { LabelledItem } from "../../core/message/stories/labelled.ts";
import type { Sample } from "./learn.ts";

/** A sample with the items that it is from. */
export interface ItemSample extends Sample {
  readonly items: readonly [LabelledItem, LabelledItem];
}

/** The topic of an item: stories that an item of one resembles have one topic, so that they stay together. */
export function topicsOf(items: readonly LabelledItem[]): (item: LabelledItem) => string {
  const parents = new Map(
    items.flatMap(({ story, resembles }) => (resembles === undefined ? [] : [[story, resembles] as const])),
  );
  return ({ story }) => {
    let topic = story;
    for (let parent = parents.get(topic); parent !== undefined; parent = parents.get(topic)) topic = parent;
    return topic;
  };
}

/** All items, those of each language, and parts of each language: a term's rarity depends on the size of the batch. */
function* batchesOf(items: readonly LabelledItem[]): Generator<readonly LabelledItem[]> {
  yield items;
  for (const language of new Set(items.map((item) => item.language))) {
    const own = items.filter((item) => item.language === language);
    yield own;
    const topicOf = topicsOf(own);
    const topics = [...new Set(own.map(topicOf))];
    for (const parts of [2, 4])
      for (let part = 0; part < parts; part++)
        yield own.filter((item) => topics.indexOf(topicOf(item)) % parts === part);
  }
}

/** Candidates of several batches, without those of one feed: they are held to a higher limit in `groups.ts`. */
export function samplesOf(all: readonly LabelledItem[]): ItemSample[] {
  const samples: ItemSample[] = [];
  for (const items of batchesOf(all)) {
    const batch = profilesOf(items);
    for (const [first, second] of candidatesIn(batch)) {
      const [a, b] = [items[first]!, items[second]!];
      const values = evidenceUnlessOpposed(batch.profiles[first]!, batch.profiles[second]!, batch);
      if (values)
        samples.push({
          values,
          isSame: a.story === b.story,
          isSpaceless: isSpaceless(a.language ?? ""),
          items: [a, b],
        });
    }
  }
  return samples;
}
