import { readFileSync } from "node:fs";
import { parseSnapshot } from "../../functions/core/feed/parse.ts";
import { bodyOf } from "../../functions/core/summary/body.ts";
import type { Sentence } from "../../functions/core/summary/sentence.ts";
import { summaryLimit } from "../../functions/core/summary/summary-limits.ts";

/** Texts with summaries by their authors, and news articles; outside the project. */
export const corpus = "../shared/corpus";

/** News sites among the real feeds; their first sentences are the summary. */
const newsFeeds = [
  "real-world--182cf60c6e9d1f6f7d1f557176ca5a84--feed.xml",
  "real-world--244ffb56aadf3e0c66356f6177bd675b--feed.xml",
  "real-world--2d055498ae801efb0bf0b6124009cac2--feed.xml",
  "real-world--90c654888cac5a6037d18431d480abbf--feed.xml",
  "real-world--b95ff33276f20bd8ba5acf261a2df840--feed.xml",
];

export interface Reference {
  /** `en`, `zh`, or `lead` for news. */
  readonly group: string;
  /** The article of a site, or the feed of news. */
  readonly source: string;
  readonly title: string;
  readonly html: string;
  readonly limit: number;
  readonly sentences: readonly Sentence[];
  readonly summary: string;
}

export async function references(): Promise<Reference[]> {
  return [...authored(), ...(await news())];
}

/** The development set: summaries by the authors, none of them the start of its text. */
export function authored(): Reference[] {
  const lines = readFileSync(`${corpus}/summaries/dev.jsonl`, "utf8").trim().split("\n");
  return lines.map((line) => {
    const { lang, title, html, reference, source } = JSON.parse(line) as Record<
      "lang" | "title" | "html" | "reference" | "source",
      string
    >;
    const limit = summaryLimit(lang, "email");
    return {
      group: lang,
      source,
      title,
      html,
      limit,
      sentences: bodyOf(html, { title, authors: [], language: lang }, limit).sentences,
      summary: reference,
    };
  });
}

/** News articles; the reference is their first sentences, at least 150 characters. */
async function news(): Promise<Reference[]> {
  const found: Reference[] = [];
  for (const file of newsFeeds) {
    const { entries } = await parseSnapshot(readFileSync(`${corpus}/feeds/real-sample-feeds/${file}`));
    for (const { title, content, description } of entries) {
      const html = (content ?? "").length > (description ?? "").length ? content! : (description ?? "");
      const limit = summaryLimit("en", "email");
      const { sentences } = bodyOf(html, { title, authors: [], language: "en" }, limit);
      if (html.length < 600 || sentences.length < 2) continue;
      let summary = "";
      for (const { text } of sentences) if (summary.length < 150) summary += `${text} `;
      found.push({ group: "lead", source: file, title, html, limit, sentences, summary });
    }
  }
  return found;
}
