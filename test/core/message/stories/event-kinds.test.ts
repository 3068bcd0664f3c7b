import { expect, test } from "vitest";
import {
  addKinds,
  kindsByKey,
  similarityOf,
} from "../../../../functions/core/message/stories/event-kinds.ts";
import { eventWords } from "../../../../functions/core/message/stories/event-words.ts";
import { tokenizerOf } from "../../../../functions/core/message/stories/tokens.ts";

function kindsOf(text: string, language: string): Map<number, number> {
  const found = new Map<number, number>();
  const kinds = kindsByKey(language);
  for (const { key } of tokenizerOf(language)(text).tokens) addKinds(found, kinds.get(key), 1);
  return found;
}

test("every language has the same number of kinds of events, and none is empty", () => {
  for (const lists of Object.values(eventWords)) {
    expect(lists).toHaveLength(eventWords["en"]!.length);
    for (const list of lists) expect(list.trim().split(/ +/).join(" ")).toBe(list);
    expect(lists.filter((list) => list === "")).toEqual([]);
  }
});

test.each([
  ["en", "A blaze destroyed the barn", "Firefighters put out the flames", "The court jailed a thief"],
  ["de", "Brand zerstört Scheune", "Die Feuerwehr löscht Flammen", "Richter verurteilt Dieb zu Haft"],
  ["fr", "Un incendie détruit la grange", "Les pompiers face aux flammes", "Condamné à une peine de prison"],
  ["es", "Un incendio destruye el granero", "Los bomberos apagan las llamas", "Condenado a pena de cárcel"],
  ["zh", "谷仓起火", "消防员扑灭大火", "法院判处徒刑"],
  ["ja", "納屋で火災", "消防が消火", "懲役の判決"],
])("tell a fire from a sentence of a court (%s)", (language, fire, sameFire, sentence) => {
  const [a, b, c] = [fire, sameFire, sentence].map((text) => kindsOf(text, language)) as [
    Map<number, number>,
    Map<number, number>,
    Map<number, number>,
  ];
  expect(similarityOf(a, b)).toBeGreaterThan(0.5);
  expect(similarityOf(a, c)).toBeLessThan(0.3);
});

test("are unknown for a text without their words, and for other languages", () => {
  expect(similarityOf(kindsOf("Orvale", "en"), kindsOf("blaze", "en"))).toBeUndefined();
  expect(kindsByKey("sw").size).toBe(0);
});
