/**
 * The characters that text from a feed must not carry into a message, a log or a terminal. Embeddings, overrides and
 * isolates are among them, because they reorder the text around them (UAX #9, sections 2.1 to 2.4). All expressions are
 * global: use them with `replace`, not with `test`.
 */

/**
 * Characters to remove from a feed's text: control characters except white space, direction controls, byte order
 * marks and noncharacters of the Basic Multilingual Plane's end. Direction marks (U+200E, U+200F, U+061C) are spelling
 * and stay.
 */
export const unsafeInText =
  // oxlint-disable-next-line no-control-regex -- these are the characters to remove
  /[\0-\x08\x0E-\x1B\x7F-\x84\x86-\x9F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/g;

/**
 * Characters to remove from a message: lone surrogates and noncharacters, which other programs refuse (Unicode 17, D14
 * and 23.7); direction controls; and invisible line-break hints (soft hyphen, zero width space, word joiner), which
 * break searches. Direction marks and the joiners U+200C and U+200D are spelling and stay. Control characters stay as
 * well: they separate words.
 */
export const unsafeInMessage =
  /[\p{Cs}\p{Noncharacter_Code_Point}\u00AD\u200B\u2060\u202A-\u202E\u2066-\u206F\uFEFF\uFFF9-\uFFFB]/gu;

/**
 * Invisible copies of ASCII (the block Tags), which could hide a text from readers but not from programs. Only the flags of
 * regions, such as that of Scotland, may have them (UTS #51, ED-14a); a flag is matched as a whole.
 */
export const tagsAndFlags = /\u{1F3F4}[\u{E0030}-\u{E007A}]{3,6}\u{E007F}|[\u{E0000}-\u{E007F}]/gu;

/**
 * Characters to percent-encode in a link that is shown: they would end it in a mail client, or hide or reorder it.
 */
export const unsafeInLink = /[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}<>"]/gu;

/**
 * Characters to escape or remove where a terminal, a log viewer or another parser reads the output: every control
 * character (line feeds included), line and paragraph separators, direction marks and controls, byte order marks and
 * noncharacters.
 */
export const unsafeInOutput =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** The text with every unsafe character as its JSON escape; inside a JSON string it reads back as the same text. */
export function escapeUnsafe(text: string): string {
  return text.replace(unsafeInOutput, (character) => {
    const escape = JSON.stringify(character).slice(1, -1);
    return escape === character ? character.split("").map(escapeUnit).join("") : escape;
  });
}

const escapeUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
