import * as fc from "../../../support/properties.ts";
import { SegmentedMessage } from "sms-segments-calculator";
import { expect, test } from "vitest";
import type { Audience } from "../../../../functions/core/configuration.ts";
import { composeAlert, composeDigest } from "../../../../functions/core/message/index.ts";
import type { Alert, Sms } from "../../../../functions/core/message/message.ts";
import { foldToGsm7 } from "../../../../functions/core/message/sms/gsm7-letters.ts";
import { isGsm7, plainTypography } from "../../../../functions/core/message/sms/gsm7.ts";
import { withoutDecoration } from "../../../../functions/core/message/sms/decoration.ts";
import { digestOf, gazette, london } from "../../../support/sample-messages.ts";

const numRuns = Number(process.env["PROPERTY_RUNS"] ?? 300);

const words = (...all: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...all);

/** A language and words of it. */
const languages = fc.constantFrom(
  ["en", words("harbour", "a", "bridge", "opens", "“again”", "– late", "Wałęsa", "it’s", "40 €")] as const,
  ["pl", words("Łódź", "most", "otwarty", "i", "wróciły", "żółć", "2026")] as const,
  ["zh", words("海湾大桥", "通车", "首日", "车流", "超过", "六万辆", "BookTrack")] as const,
  ["ru", words("мост", "открыт", "после", "двух", "лет", "ремонта")] as const,
  ["fr", words("forêt", "cœur", "garçon", "un", "été", "à", "« là »")] as const,
  ["en", words("rain", "🎉", "sun", "😎", "fog", "wind")] as const,
);

const text = (word: fc.Arbitrary<string>, language: string, maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(word, words("", "", "", "", ",", ".")), { minLength: 1, maxLength })
    .map((list) => list.map(([each, mark]) => each + mark).join(language === "zh" ? "" : " "));

const entry: fc.Arbitrary<Alert> = languages.chain(([language, word]) =>
  fc
    .record({
      title: text(word, language, 40),
      summary: text(word, language, 70),
      name: text(word, language, 3),
      path: fc.integer({ min: 1, max: 260 }),
      isDated: fc.boolean(),
    })
    .map(({ title, summary, name, path, isDated }) => ({
      key: title,
      // No text is a part of another one.
      source: { slug: "g", title: `${name} 7` },
      title: `5 ${title}`,
      summary: `8 ${summary}`,
      language,
      link: `https://gazette.example/${"x".repeat(path)}`,
      ...(isDated && { date: "2024-01-25T11:20:00Z" }),
      dateSource: isDated ? "published" : "missing",
      authors: [],
      categories: [],
    })),
);

const readers = (parts: number, folding: "auto" | "never"): Audience => ({
  ...london,
  sms: {
    parts: { alert: parts, digest: parts },
    maxParts: { alert: parts, digest: parts },
    fold: folding,
  },
});

const limits = fc.record({
  parts: fc.integer({ min: 1, max: 4 }),
  folding: fc.constantFrom("auto", "never"),
});

/** A text as the chosen candidate writes it. */
function written(text: string, sms: Sms, language: string | undefined): string {
  if (sms.encoding === "UCS-2") return text;
  return sms.candidates[0]?.folded === true
    ? foldToGsm7(withoutDecoration(plainTypography(text)).text, language).text
    : plainTypography(text);
}

/** Whether a text could be sent in its place: in the same encoding and within the parts. */
function fits(text: string, { encoding }: Sms, parts: number): boolean {
  const { encodingName, segmentsCount } = new SegmentedMessage(text);
  return (encodingName === encoding || encodingName === "GSM-7") && segmentsCount <= parts;
}

/**
 * The SMS with the next characters of a shortened text in it; `undefined` if the text is whole, or if it was shortened
 * because the encoding lacks one of its characters.
 */
function longer(sms: Sms, whole: string): string | undefined {
  if (sms.encoding === "GSM-7" && new SegmentedMessage(whole).encodingName !== "GSM-7") return undefined;
  const lines = sms.text.split("\n");
  const mark = sms.encoding === "GSM-7" ? "..." : "…";
  for (const [index, line] of lines.entries()) {
    const listed = line.startsWith("- ") ? "- " : "";
    const shown = line.slice(listed.length).replace(/(?:\.\.\.|…)$/u, "");
    if (shown.length < 2 || shown === whole || !whole.startsWith(shown)) continue;
    const more = Array.from(whole.slice(shown.length)).slice(0, 4).join("");
    return lines.with(index, `${listed}${shown}${more}${mark}`).join("\n");
  }
  return undefined;
}

test("no alert leaves a part unused while something was given up that would fit", () => {
  let given = 0;
  fc.assert(
    fc.property(entry, limits, (alert, { parts, folding }) => {
      const { sms } = composeAlert(alert, readers(parts, folding));
      expect(sms.parts).toBeLessThanOrEqual(parts);
      if (sms.parts === parts || sms.omissions.length === 0) return;
      given += 1;
      const add = (line: string): string => `${sms.text}\n${line}`;
      const has = (omission: Sms["omissions"][number]): boolean => sms.omissions.includes(omission);
      const summary = written(alert.summary, sms, alert.language);
      const more = [
        has("link omitted") ? add(alert.link ?? "") : undefined,
        has("feed omitted") ? add(written(alert.source.title, sms, alert.language)) : undefined,
        has("date omitted") ? add(alert.date === undefined ? "(date unknown)" : "2024-01-25") : undefined,
        has("summary omitted") ? add(summary.slice(0, 60)) : undefined,
        has("summary shortened") ? longer(sms, summary) : undefined,
        has("title shortened") ? longer(sms, written(alert.title, sms, alert.language)) : undefined,
      ].filter((each) => each !== undefined);
      expect(more.filter((each) => fits(each, sms, parts))).toEqual([]);
    }),
    { numRuns },
  );
  expect(given).toBeLessThan(numRuns / 4);
});

test("no digest leaves a part unused while something was given up that would fit", () => {
  fc.assert(
    fc.property(fc.array(entry, { minLength: 3, maxLength: 30 }), limits, (entries, { parts, folding }) => {
      const shown = entries.map((each, index) => ({ ...each, title: `${index + 10} ${each.title}` }));
      const digest = { shown, more: 0, before: 0, source: gazette };
      const [message] = composeDigest(digest, digestOf(readers(parts, folding)));
      const sms = message!.sms;
      expect(sms.parts).toBeLessThanOrEqual(parts);
      if (sms.parts === parts || sms.omissions.length === 0) return;
      const titles = shown.map((alert) => written(alert.title, sms, alert.language));
      const listed = sms.text.split("\n").filter((line) => line.startsWith("- "));
      const isListed = (title: string): boolean =>
        listed.some((line) => title.startsWith(line.slice(2).replace(/(?:\.\.\.|…)$/u, "")));
      const more = [
        ...titles.filter((title) => !isListed(title)).map((title) => `${sms.text}\n- ${title.slice(0, 40)}`),
        ...titles.map((title) => longer(sms, title)),
      ].filter((each) => each !== undefined);
      expect(more.filter((each) => fits(each, sms, parts))).toEqual([]);
    }),
    { numRuns: Math.ceil(numRuns / 3) },
  );
});

/** As much of a headline as each may have before one is left out. */
const fair = (title: string): string => (title.length <= 40 ? title : `${title.slice(0, 36)}...`);

test("every headline of a digest is listed or counted, and none is left out that would fit", () => {
  let left = 0;
  fc.assert(
    fc.property(fc.array(entry, { minLength: 3, maxLength: 12 }), limits, (entries, { parts, folding }) => {
      // Lengths differ, so that a headline that fits comes after one that does not.
      const shown = entries.map((each, index) => ({
        ...each,
        title:
          index % 2 === 0 ? `${index + 10} ${each.title}` : `${index + 10} ${each.title.slice(2, 9)}`.trim(),
      }));
      const digest = { shown, more: 0, before: 0, source: gazette };
      const { sms } = composeDigest(digest, digestOf(readers(parts, folding)))[0]!;
      const listed = new Set([...sms.text.matchAll(/^- (\d+)\b/gm)].map(([, number]) => number));
      const counted = Number(/^\+(\d+)$/m.exec(sms.text)?.[1] ?? 0);
      expect(listed.size + counted).toBe(shown.length);
      const more = shown
        .filter(({ title }) => !listed.has(title.slice(0, 2)))
        .map((alert) => written(alert.title, sms, alert.language))
        // A headline whose first 40 columns GSM-7 lacks is left out of it.
        .filter((title) => sms.encoding === "UCS-2" || isGsm7(title.slice(0, 40)))
        .map(fair)
        // Where wide characters are, 40 code units are more than 40 columns, and a cluster must be whole.
        .filter((title) => /^[ -~\u00A0-\u017F\u0400-\u04FF]+$/u.test(title));
      left += more.length;
      const fitting = more.filter((title) => fits(`${sms.text}\n- ${title}`, sms, parts));
      expect(fitting).toEqual([]);
    }),
    { numRuns },
  );
  expect(left).toBeGreaterThan(numRuns / 10);
});

test("an SMS that does not show everything says what it gave up", () => {
  fc.assert(
    fc.property(entry, limits, (alert, { parts, folding }) => {
      const { sms } = composeAlert(alert, readers(parts, folding));
      const date = alert.date === undefined ? "(date unknown)" : "2024-01-25";
      const texts = [alert.title, alert.summary, alert.source.title];
      const shown = (wanted: string): boolean => sms.text.includes(wanted);
      const isWhole =
        texts.every((each) => shown(each) || shown(plainTypography(each))) &&
        shown(date) &&
        shown(alert.link ?? "");
      expect(sms.omissions.length === 0).toBe(isWhole);
    }),
    { numRuns },
  );
});

test("the chosen candidate is the first one, and each of the others says why it was not chosen", () => {
  fc.assert(
    fc.property(entry, limits, (alert, { parts, folding }) => {
      const {
        candidates,
        encoding,
        parts: used,
        omissions,
      } = composeAlert(alert, readers(parts, folding)).sms;
      const [chosen, ...others] = candidates;
      expect(chosen).toMatchObject({ encoding, parts: used, omissions });
      expect(chosen?.worse).toBeUndefined();
      expect(others.every(({ worse }) => worse !== undefined && worse !== "")).toBe(true);
      expect(folding === "never" && candidates.some(({ folded }) => folded)).toBe(false);
    }),
    { numRuns },
  );
});
