import { en } from "./en.ts";
import type { LocaleWords } from "./locale-words.ts";
import { zhHant } from "./zh-hant.ts";
import { zh } from "./zh.ts";

/** All locales. To add one, write its file and list it here. */
const locales: readonly LocaleWords[] = [en, zh, zhHant];

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
