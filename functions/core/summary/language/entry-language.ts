import type { Entry } from "../../feed/entry.ts";
import { detectLanguage } from "./detect-language.ts";

/** BCP 47: the declared language if the script fits, else the detected one. */
export function languageOf(entry: Entry): string | undefined {
  const text = `${entry.title}\n${(entry.description || entry.content || "").slice(0, 2_000).replace(/<[^<>]*>/g, " ")}`;
  return detectLanguage(text, entry.language);
}
