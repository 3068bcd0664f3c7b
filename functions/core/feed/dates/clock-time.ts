import { fraction, number } from "./digits.ts";

/** The time of day in a text, and the text before and after it. */
export interface TextClock {
  readonly found: boolean;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  readonly before: string;
  readonly after: string;
}

const clockForms = [
  /(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,:](\d{1,9}))?)?/,
  /\b(\d{1,2})(?:\.(\d{2}))? ?(?=(?:uhr|uur)\b)/,
  /(?<=(?<!\p{L})(?:ore|ora|klo|kl|pukul|godz|hod|saat|เวลา|o)\.? ?)(\d{1,2})\.(\d{2})(?!\d)/u,
  /(?<=[^\d]\d{4},? (?:[-–] )?)(\d{1,2})\.(\d{2})(?=$| wi(?:b|ta|t)$)/,
  /(?<=\d)t(\d{2})(?=$|[z+-])/,
  /(\d{1,2}) ?[時时点點시] ?(?:(\d{1,2}) ?[分분]? ?(?:(\d{1,2}) ?[秒초]?)?)?/,
  /\b(\d{1,2}) ?h ?(\d{2})?\b/,
  /\b(\d{1,2}) ?(?=[ap]\.? ?m\b)/,
];
// Greek and Persian abbreviate with full stops; Arabic and Hebrew with a letter or a word of their own.
const afternoon =
  /\bp\.? ?m\b\.?|下午|午後|오후|晚上|晚|(?<!\p{L})(?:م|مساء|ظهرا|ب\.ظ\.?|بعد ?از ?ظهر|μ\.?μ\.?|אחה["״]?צ|अपराह्न|शाम|หลังเที่ยง)(?!\p{L})/u;
const morning =
  /\ba\.? ?m\b\.?|上午|午前|오전|凌晨|早上|(?<!\p{L})(?:ص|صباحا|ق\.ظ\.?|قبل ?از ?ظهر|π\.?μ\.?|לפנה["״]?צ|पूर्वाह्न|सुबह|ก่อนเที่ยง)(?!\p{L})/u;

/** Takes the first time of day out of a date's text, in lower case. */
export function takeClock(text: string): TextClock {
  const none = { found: false, hour: 0, minute: 0, second: 0, millisecond: 0, before: text, after: "" };
  const match = clockForms.reduce<RegExpExecArray | null>((found, form) => found ?? form.exec(text), null);
  if (match === null) return none;
  let before = text.slice(0, match.index);
  let after = text.slice(match.index + match[0].length);
  const half = afternoon.test(before + after) ? 12 : morning.test(before + after) ? 0 : undefined;
  before = before.replace(afternoon, " ").replace(morning, " ");
  after = after.replace(afternoon, " ").replace(morning, " ");
  let hour = number(match[1]);
  // `13:05 PM` is written by clocks that know both: the half of the day adds nothing.
  if (half !== undefined && hour <= 12) hour = (hour % 12) + half;
  return {
    found: true,
    hour,
    minute: number(match[2]),
    second: number(match[3]),
    millisecond: fraction(match[4]),
    before,
    after,
  };
}
