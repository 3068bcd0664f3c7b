import type { DateContext } from "../dates/date-value.ts";
import { readDate } from "../dates/read-date.ts";

const maxLine = 120;
/** Letters around a date: a label, the source, the author. */
const maxAround = 40;
const numeric =
  /\d{4}\s?(?:年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|[-./]\d{1,2}[-./]\d{1,2})(?:[\sT]{0,3}(?:\d{1,2}:\d{2}(?::\d{2})?))?|\d{1,2}[./]\d{1,2}[./]\d{4}(?:,?\s{0,3}\d{1,2}:\d{2})?/;
/** What separates the parts of a line with date, author and source. */
const between = /[|｜·•–—]|\s-\s|\s\/\s/;
const label =
  /^(?:published|posted|updated|date|on|veröffentlicht|stand|publié|le|publicado|el|pubblicato|发布时间|发表时间|发布|时间|日期|更新|公開|投稿日|配信|опубликовано)(?![\p{L}])\s*(?:on|am|le|el|il)?\s*[:：]?\s*/iu;

/**
 * The part of a short line that is a date, such as `2026-11-19 08:30` in `2026-11-19 08:30 Source: Courier`; undefined
 * if there is none.
 */
export function dateInLine(line: string, context: DateContext): string | undefined {
  const text = line.replace(/\s+/g, " ").trim();
  if (text.length < 8 || text.length > maxLine || !/\d{4}/.test(text)) return undefined;
  const parts = [text, ...text.split(between)].map((part) => part.trim().replace(label, "").trim());
  // In a sentence a date may be that of anything.
  const inside = numeric.exec(text)?.[0] ?? "";
  const isSentence = /[.!?。！？]$/.test(text) || text.length - inside.length > maxAround;
  return [...parts, isSentence ? "" : inside].find(
    (part) => part.length >= 8 && /\d\D+\d/.test(part) && readDate(part, context) !== undefined,
  );
}
