import { describe, expect, test } from "vitest";
import { tokenizerOf } from "../../../../functions/core/message/stories/tokens.ts";

const numbersIn = (text: string, language: string): readonly string[] =>
  tokenizerOf(language)(text)
    .tokens.filter(({ kind }) => kind === "number")
    .map(({ key }) => key.slice(1));

describe("numbers in words", () => {
  test.each([
    ["en", "two thousand five hundred people and forty-two dogs", ["2500", "42"]],
    ["en", "twelve thousand infants, 2.3 million doses", ["12000", "2300000"]],
    ["de", "fast zweihundert Helfer, dreißig Häuser, fünfundzwanzig Tage", ["200", "30", "25"]],
    ["de", "dreitausendzweihundert Stellen", ["3200"]],
    ["fr", "cent vingt pompiers, deux mille cinq cents habitants", ["120", "2500"]],
    ["es", "dos mil quinientos vecinos, noventa mil casas", ["2500", "90000"]],
    ["es", "subió un doce por ciento", ["12"]],
    ["zh", "三千二百人、一万两千名儿童、十一年", ["3200", "12000"]],
    ["ja", "三千二百人、1万2000人", ["3200", "12000"]],
  ])("are equal to digits (%s: %s)", (language, text, numbers) => {
    expect(numbersIn(text, language)).toEqual(numbers);
  });

  test.each([
    ["en", "hundreds of people met at one house"],
    ["fr", "une hausse de prix pour un cent"],
    ["zh", "万一发生，千万小心"],
  ])("are not read from other words (%s: %s)", (language, text) => {
    expect(numbersIn(text, language).filter((value) => value !== "100")).toEqual([]);
  });
});
