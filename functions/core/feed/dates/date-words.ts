import { calendarNames } from "./calendar-names.ts";
import { foldLetters } from "./letters.ts";

/**
 * Month names in the spellings that feeds use beyond those of Unicode CLDR, in English, German, French, Spanish,
 * Portuguese, Italian, Dutch and Russian. Chinese, Japanese and Korean dates number their months.
 */
const monthNames: readonly string[] = [
  "jan january januar jänner jänn janvier janv enero ene janeiro gennaio gen januari янв январь января",
  "feb february februar feber février févr fév fevrier fevr fev febrero fevereiro febbraio februari фев февр февраль февраля",
  "mar march märz mär maerz mrz mars marzo março marco maart mrt мар март марта",
  "apr april avril avr abril abr aprile апр апрель апреля",
  "may mai mayo maio mag maggio mei май мая",
  "jun june juni juin junio junho giugno giu июн июнь июня",
  "jul july juli juillet juil julio julho luglio lug июл июль июля",
  "aug august août aout agosto ago agustus augustus авг август августа",
  "sep sept september septembre septiembre setiembre set setembro settembre сен сент сентябрь сентября",
  "oct october oktober okt octobre octubre outubro out ottobre ott окт октябрь октября",
  "nov november novembre noviembre novembro нояб ноя ноябрь ноября",
  "dec december dezember dez décembre déc decembre diciembre dic dezembro dicembre дек декабрь декабря",
];

/** Weekdays and the small words of dates: they add nothing to the numbers. */
const silentWords =
  "mon tue tues wed weds thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday " +
  "mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag " +
  "lun mar mer jeu ven sam dim lundi mardi mercredi jeudi vendredi samedi dimanche " +
  "lunes martes miércoles miercoles mié mie jueves jue viernes vie sábado sabado sáb sab domingo dom " +
  "seg ter qua qui sex segunda terça terca quarta quinta sexta feira " +
  "lunedì lunedi martedì martedi mercoledì mercoledi giovedì giovedi gio venerdì venerdi sabato domenica " +
  "ma woe wo don vr za zo maandag dinsdag woensdag donderdag vrijdag zaterdag zondag din vrij zat zon maa " +
  "пн вт ср чт пт сб вс понедельник вторник среда четверг пятница суббота воскресенье " +
  "понедельника вторника среды четверга пятницы субботы воскресенья " +
  "at on the of um uhr den der am le à a h de del el las los los e das às as alle ore il om uur op г года год в st nd rd th er ère re o a o'clock " +
  "published posted date publié publicado pubblicato veröffentlicht gepubliceerd опубликовано 发布时间 发布于 发布日期 發布時間 发表于 公開日 公元 西元 " +
  "日 月 火 水 木 金 土 일 월 화 수 목 금 토 " +
  "d den kl klo kello saat r rok roku godz hod dne ora la pada tanggal hari jam pukul ngay nam gio " +
  "يوم في الساعة بتاريخ الموافق م روز ساعت مورخ ביום בתאריך בשעה को बजे दिनांक समय ώρα στις วันที่ วัน ที่ เวลา น พ ศ พุทธศักราช คริสต์ศักราช ค";

/** Chinese, Japanese and Korean weekdays, as prefix or suffix of a day's one character. */
const cjkWeekday =
  /^(?:(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]|[日月火水木金土]曜日?|[일월화수목금토]요일)$/;

interface CalendarTables {
  /** Months by language, then by name. */
  readonly languages: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Months by the names that mean the same month in every language. */
  readonly months: ReadonlyMap<string, number>;
  /** Names that are more than one word, such as `tháng 11` or `พ.ย.`, the longest first. */
  readonly phrases: readonly (readonly [name: string, month: number])[];
  readonly words: ReadonlySet<string>;
}

const isWord = /^\p{L}[\p{L}\p{M}]*$/u;
let built: CalendarTables | undefined;

/** The tables, built when the first date needs them: most feeds have none that does. */
function tables(): CalendarTables {
  built ??= buildTables();
  return built;
}

function buildTables(): CalendarTables {
  const languages = new Map<string, ReadonlyMap<string, number>>();
  const months = new Map<string, number>();
  const ambiguous = new Set<string>();
  const phrases = new Map<string, number>();
  const words = new Set(foldLetters(silentWords).split(" "));
  for (const [language, [names, others]] of Object.entries(calendarNames)) {
    const own = new Map<string, number>();
    for (const [month, spellings] of names.split("|").entries())
      for (const name of foldLetters(spellings).split("/")) {
        if (!isWord.test(name)) phrases.set(name, month);
        else {
          own.set(name, month);
          if ((months.get(name) ?? month) !== month) ambiguous.add(name);
          months.set(name, month);
        }
      }
    languages.set(language, own);
    for (const word of foldLetters(others).split(" ")) words.add(word);
  }
  for (const name of ambiguous) months.delete(name);
  for (const [month, names] of monthNames.entries())
    for (const name of foldLetters(names).split(" ")) months.set(name, month);
  return {
    languages,
    months,
    phrases: [...phrases].sort(([one], [other]) => other.length - one.length),
    words,
  };
}

const english = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const englishMonths = new Map(english.map((name, month) => [name, month]));

/** The month, from 0, of an English abbreviation as RFC 822 writes it, or undefined. */
export function englishMonth(word: string): number | undefined {
  return englishMonths.get(word.toLowerCase());
}

/** The month, from 0, that a folded word names in the feed's language or in any other, or undefined. */
export function monthOf(word: string, language: string | undefined): number | undefined {
  const { languages, months } = tables();
  return languages.get(language?.split("-")[0] ?? "")?.get(word) ?? months.get(word);
}

/** Weekdays, articles and prepositions, of a folded text. */
export function isSilent(word: string): boolean {
  // Thai joins `ที่` to the weekday before the number of the day.
  return tables().words.has(word.replace(/(?<=.)ที่$/, "")) || cjkWeekday.test(word);
}

/** A folded text with month names of several words as the English abbreviation. */
export function withSingleWordMonths(text: string): string {
  let out = text;
  for (const [name, month] of tables().phrases) {
    const at = out.indexOf(name);
    if (at < 0) continue;
    const end = at + name.length;
    if (continues.test(out.charAt(at - 1)) || continuesAfter.test(out.charAt(end))) continue;
    out = `${out.slice(0, at)} ${english[month]} ${out.slice(out.charAt(end) === "." ? end + 1 : end)}`;
  }
  return out;
}

const continues = /[\p{L}\p{M}]/u;
const continuesAfter = /[\p{L}\p{M}\d]/u;

/** Months that are numbers, as in `25 1月 2024`, by their English names. */
export function withNamedMonths(text: string): string {
  return text.replace(
    /(?<!\d)(1[0-2]|0?[1-9]) ?[月월]/g,
    (_, month: string) => ` ${english[Number(month) - 1]} `,
  );
}
