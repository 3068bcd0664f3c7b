/**
 * Month names, abbreviated and whole, without points, in English, German, French, Spanish, Portuguese, Italian,
 * Dutch and Russian (CLDR's stand-alone and format forms, and the spellings that feeds use). Chinese, Japanese and
 * Korean dates number their months.
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

/** Weekdays and the small words of dates; they say nothing that the numbers don't. */
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
  "日 月 火 水 木 金 土 일 월 화 수 목 금 토";

/** Chinese, Japanese and Korean weekdays, as prefix or suffix of a day's one character. */
const easternWeekday =
  /^(?:(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]|[日月火水木金土]曜日?|[일월화수목금토]요일)$/;

/** Offsets from UTC in minutes, RFC 822 section 5.1 and the abbreviations that feeds use; ambiguous ones as most feeds mean them. */
const zoneOffsets: Readonly<Record<string, number>> = {
  gmt: 0, utc: 0, ut: 0, z: 0, wet: 0, west: 60, bst: 60, cet: 60, mez: 60, cest: 120, mesz: 120, met: 60, mest: 120,
  eet: 120, eest: 180, msk: 180, мск: 180, msd: 240, sast: 120, trt: 180, ist: 330, pkt: 300, wib: 420, ict: 420,
  hkt: 480, sgt: 480, pht: 480, awst: 480, jst: 540, kst: 540, acst: 570, acdt: 630, aest: 600, aedt: 660, nzst: 720, nzdt: 780,
  nst: -210, ndt: -150, ast: -240, adt: -180, brt: -180, art: -180, clt: -240, est: -300, edt: -240, et: -300, cst: -360, cdt: -300,
  ct: -360, mst: -420, mdt: -360, mt: -420, pst: -480, pdt: -420, pt: -480, akst: -540, akdt: -480, hst: -600,
  北京时间: 480, 北京時間: 480, 日本時間: 540,
}; // prettier-ignore

const englishShort = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const months = new Map([
  // As RFC 822 writes them, so that the commonest form needs no change of case.
  ...englishShort.map((name, month) => [name, month] as const),
  ...monthNames.flatMap((names, month) => names.split(" ").map((name) => [name, month] as const)),
]);
const silent = new Set(silentWords.split(" "));

/** The month from 0, or undefined. */
export function monthOf(word: string): number | undefined {
  return months.get(word);
}

/** Weekdays, articles and prepositions. */
export function isSilent(word: string): boolean {
  return silent.has(word) || easternWeekday.test(word);
}

/** Minutes east of UTC; `CST` is China's in a Chinese feed. */
export function offsetOf(word: string, language: string | undefined): number | undefined {
  if (word === "cst" && language?.startsWith("zh") === true) return 480;
  return Object.hasOwn(zoneOffsets, word) ? zoneOffsets[word] : undefined;
}
