import { de } from "./de.ts";
import { en } from "./en.ts";
import type { LocaleWords } from "./locale-words.ts";
import { zhHant } from "./zh-hant.ts";
import { zh } from "./zh.ts";

/** All locales. To add one, write its file and list it here. */
const locales: readonly LocaleWords[] = [en, de, zh, zhHant];

/** The tags of all locales. */
export const languages: readonly string[] = locales.map(({ tag }) => tag);

/** The texts for a locale: those of the same language and script, else English. */
export function wordsFor(locale: string): LocaleWords {
  const wanted = new Intl.Locale(locale).maximize();
  return (
    locales.find((words) => {
      const has = new Intl.Locale(words.tag).maximize();
      return has.language === wanted.language && has.script === wanted.script;
    }) ?? en
  );
}
