const clock = "\\d{1,2}[:.h：时時]\\d{2}(?:[:：]\\d{2})?(?: ?[AaPp]\\.?[Mm]\\.?| ?Uhr| ?h|分)?";
const figures = "\\d{1,2}[./-]\\d{1,2}[./-]\\d{2,4}|\\d{4}[-/.年] ?\\d{1,2}[-/.月] ?\\d{1,2}日?";
const spelt =
  "\\d{1,2}(?:\\.|er|º|ª|st|nd|rd|th)? (?:de |d['’])?\\p{L}{3,10}\\.?,?(?: de)? \\d{4}|\\p{L}{3,10}\\.? \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}|\\d{1,2}\\.? \\p{L}{3,10}\\.?$|\\p{L}{3,10}\\.? \\d{1,2}$";
const ago = "\\d{1,3} \\p{L}{3,8} ago$|vor \\d{1,3} \\p{L}{3,8}$|\\d{1,3} ?(?:分钟|小时|天|分鐘|小時)前$";
const date = `(?:\\p{L}{2,10}\\.?,? )?(?:${figures}|${spelt}|${ago}|${clock})`;

/** `Published on`, `Stand`, `发布时间`. */
const occasions =
  "(?:first |last |originally )?(?:published|updated|posted|modified)(?: on| at)?|stand|veröffentlicht(?: am)?|aktualisiert(?: am)?|erschienen(?: am)?|publié(?:e)?(?: le)?|mis à jour(?: le)?|publicado(?: el| em)?|actualizado(?: el)?|atualizado(?: em)?|pubblicato(?: il)?|aggiornato(?: il)?|опубликовано|обновлено|发布时间|發布時間|更新时间|更新時間|发布于|發布於|公開日|更新日|입력|수정|게시|نشر في|تاريخ النشر";
const dated = new RegExp(`^(?:${occasions}) ?[:：]? ?${date}`, "iu");
/** Lowercase words that may follow a day without making a sentence of it. */
const smallWords = new Set(
  "at um à a las às alle ore by von par por di de uhr h am pm m p il le el on updated mis jour aktualisiert actualizado atualizado".split(
    " ",
  ),
);
const word = /\p{L}[\p{L}\p{M}]*/gu;
const capitalized = /^\p{Lu}/u;
/** A word of a script without capitals, such as Chinese or Arabic. */
const caseless = /^[\p{Lo}\p{M}]{1,12}$/u;

/** Whether the text after a day holds only hours, zones and names. */
function isRemainder(text: string): boolean {
  if (/[!?。！？]/u.test(text)) return false;
  const words = text.match(word) ?? [];
  return words.every((found) => capitalized.test(found) || smallWords.has(found) || caseless.test(found));
}

const lines: readonly RegExp[] = [
  // As mail (RFC 5322), ISO 8601 and newspapers write them.
  /^(?:\p{L}{2,10}\.?,? )?\d{1,2}\.? (?:de |d')?\p{L}{3,10}\.?,?(?: de)? \d{4}(?:,? (?:at |um |à |a las )?\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?)?(?: (?:GMT|UTC|[A-Z]{2,4}|[+-]\d{4}))?\.?$/u,
  /^(?:\p{L}{3,10},? )?\p{L}{3,10}\.? \d{1,2},? \d{4}(?:,? (?:at )?\d{1,2}:\d{2}(?: ?[AaPp]\.?[Mm]\.?)?)?(?: [A-Z]{2,4})?\.?$/u,
  /^(?:\p{L}{2,8}[:：] ?)?\d{4}[-/.年] ?\d{1,2}[-/.月] ?\d{1,2}日?(?:[T ]{0,2}(?:星期.|[（(].[)）])?[T ]{0,2}\d{1,2}[:：时時]\d{2}分?(?:[:：]\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?$/u,
  /^\d{4}[-/.年] ?\d{1,2}[-/.月] ?\d{1,2}.{0,16}(?:来源|來源|作者|编辑|編輯|记者|記者|浏览|瀏覽|阅读|閱讀|出典) ?[:：]/u,
];

/** UTF-16 code units of a date line at most. */
const maxLength = 140;

/** The source of an expression for a date, with its time if there is one. */
export const dateSource = `(?:(?:${occasions}) ?[:：]? ?)?(?:\\p{L}{1,12}\\.?,? )?(?:${figures}|${spelt})(?:,? ?(?:[-–|]|at|um|à|a las|às|alle)? ?${clock})?(?: (?:GMT|UTC|CES?T|[ECMP][SD]T|BST|IST|JST|MSK|[+-]\\d{4})(?!\\p{L}))?`;

/** Whether a text is only a date: `Published on 5 May 2026, 18:30`, `Stand: 05.01.2026`. */
export function isDateLine(text: string): boolean {
  if (text.length > maxLength || !/\d/.test(text)) return false;
  if (lines.some((line) => line.test(text))) return true;
  const found = dated.exec(text);
  return found !== null && isRemainder(text.slice(found[0].length));
}
