/** A zone's clocks, minute by minute, over some days. Reads times from formatted text and knows nothing of offsets. */
export interface Walk {
  readonly timeZone: string;
  /** Instant of the first minute, epoch milliseconds. */
  readonly from: number;
  /** What the clocks show at each minute. */
  readonly minutes: readonly WallTime[];
}

/** What the clocks show in a minute. */
interface WallTime {
  /** `2027-03-28 02:30`. */
  readonly text: string;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** The clocks showed this or a later time before. */
  readonly isRepeated: boolean;
}

const quarter = 15;

/** Walks over `days` days. The clocks are read every quarter of an hour: no zone changes at another minute. */
export function walk(timeZone: string, from: number, days: number): Walk {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "short",
  });
  const minutes: WallTime[] = [];
  let latest = "";
  for (let at = 0; at < days * 1440; at += quarter) {
    const [, date = "", hour = "", first = ""] =
      /^(\d{4}-\d\d-\d\d) (\d\d):(\d\d)$/.exec(format.format(from + at * 60_000)) ?? [];
    const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
    for (let i = 0; i < quarter; i++) {
      const minute = Number(first) + i;
      const text = `${date} ${hour}:${String(minute).padStart(2, "0")}`;
      minutes.push({ text, year, month, day, hour: Number(hour), minute, isRepeated: text <= latest });
      if (text > latest) latest = text;
    }
  }
  return { timeZone, from, minutes };
}

const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

const valueOf = (text: string): number => {
  if (weekdays.includes(text)) return weekdays.indexOf(text) + 1;
  return months.includes(text) ? months.indexOf(text) + 1 : Number(text);
};

/** Whether a part of a list selects a value; `least` is the field's smallest. */
function selects(part: string, value: number, least: number): boolean {
  const [range = "", step = "1"] = part.split("/");
  const [start = "", end] = range === "*" ? [String(least), "9999"] : range.split("-");
  const isOpen = end === undefined && part.includes("/");
  const last = end === undefined ? (isOpen ? 9999 : valueOf(start)) : valueOf(end);
  return value >= valueOf(start) && value <= last && (value - valueOf(start)) % Number(step) === 0;
}

const inField = (field: string, value: number, least: number): boolean =>
  field.split(",").some((part) => selects(part, value, least));

const dayCount = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
const weekdayOf = (year: number, month: number, day: number): number =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;

/** `15W`: tries the day itself and then its neighbours, nearest first, within the month. */
function nearestWeekday(year: number, month: number, wanted: number): number | undefined {
  if (wanted > dayCount(year, month)) return undefined;
  return [0, -1, 1, -2, 2]
    .map((shift) => wanted + shift)
    .find((day) => {
      const weekday = weekdayOf(year, month, day);
      return day >= 1 && day <= dayCount(year, month) && weekday !== 1 && weekday !== 7;
    });
}

function isDay(dayOfMonth: string, dayOfWeek: string, { year, month, day }: WallTime): boolean {
  const last = dayCount(year, month);
  const weekday = weekdayOf(year, month, day);
  if (dayOfWeek === "?") {
    if (dayOfMonth === "L") return day === last;
    if (dayOfMonth.endsWith("W")) return day === nearestWeekday(year, month, Number(dayOfMonth.slice(0, -1)));
    return inField(dayOfMonth, day, 1);
  }
  if (dayOfWeek === "L") return weekday === 7;
  if (dayOfWeek.endsWith("L")) return weekday === valueOf(dayOfWeek.slice(0, -1)) && day + 7 > last;
  const [name = "", number] = dayOfWeek.split("#");
  if (number === undefined) return inField(dayOfWeek, weekday, 1);
  const before = Array.from({ length: day }, (_, i) => weekdayOf(year, month, i + 1)).filter(
    (other) => other === valueOf(name),
  );
  return weekday === valueOf(name) && before.length === Number(number);
}

/** The instants at which an expression fires during a walk: no repeated minute. */
export function firings({ from, minutes }: Walk, expression: string): readonly number[] {
  const fields = expression.slice("cron(".length, -1).split(" ");
  const [minute = "", hour = "", dayOfMonth = "", month = "", dayOfWeek = "", year = ""] = fields;
  const isHour = Array.from({ length: 24 }, (_, value) => inField(hour, value, 0));
  const isMinute = Array.from({ length: 60 }, (_, value) => inField(minute, value, 0));
  const days = new Map<number, boolean>();
  const found: number[] = [];
  for (const [i, wall] of minutes.entries()) {
    if (wall.isRepeated || !isHour[wall.hour] || !isMinute[wall.minute]) continue;
    const date = (wall.year * 100 + wall.month) * 100 + wall.day;
    const isFiringDay =
      days.get(date) ??
      (inField(year, wall.year, 1970) && inField(month, wall.month, 1) && isDay(dayOfMonth, dayOfWeek, wall));
    days.set(date, isFiringDay);
    if (isFiringDay) found.push(from + i * 60_000);
  }
  return found;
}
