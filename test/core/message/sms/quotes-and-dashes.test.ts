import { describe, expect, it } from "vitest";
import { plainTypography } from "../../../../functions/core/message/sms/gsm7.ts";

describe("quotes in the GSM-7 alphabet", () => {
  it.each([
    ["„Nie wieder“, sagte sie", '"Nie wieder", sagte sie'],
    ["“Never again”, she said", '"Never again", she said'],
    ["« Plus jamais », dit-elle", '"Plus jamais", dit-elle'],
    ["«\u00A0Plus jamais\u202F», dit-elle", '"Plus jamais", dit-elle'],
    ["»Nie wieder«, sagte sie", '"Nie wieder", sagte sie'],
    ["”Aldrig mer”, sade hon", '"Aldrig mer", sade hon'],
    ["«Она сказала „никогда“ и ушла»", '"Она сказала "никогда" и ушла"'],
    ["‘Never’, said O’Weir", "'Never', said O'Weir"],
    ["„ Nie wieder “ sagte sie", '"Nie wieder" sagte sie'],
  ])("stay pairs: %s", (text, folded) => {
    expect(plainTypography(text)).toBe(folded);
  });

  it("are a dash where one stays alone between spaces", () => {
    expect(plainTypography("1000 Euro Kredit „ 1000 EUR")).toBe("1000 Euro Kredit - 1000 EUR");
    expect(plainTypography("Weir “ the film")).toBe("Weir - the film");
  });
});

describe("dashes in the GSM-7 alphabet", () => {
  it.each([
    ["the mill—built in 1900—turns", "the mill - built in 1900 - turns"],
    ["the mill — built in 1900 — turns", "the mill - built in 1900 - turns"],
    ["1990–2000", "1990-2000"],
    ["Weir–Lock line", "Weir-Lock line"],
    ["— Yes, she said", "- Yes, she said"],
  ])("part words as before: %s", (text, folded) => {
    expect(plainTypography(text)).toBe(folded);
  });
});
