/** A row of a CSV file: its values by the names of the header, and the line where it starts. */
export interface CsvRow {
  readonly line: number;
  readonly values: Readonly<Record<string, string>>;
}

/** The text is no CSV file. */
export class CsvError extends Error {
  constructor(line: number, problem: string) {
    super(`line ${line}: ${problem}`);
    this.name = "CsvError";
  }
}

/**
 * Reads CSV with a header (RFC 4180). The separator is the comma, or the semicolon or tab where the header has no
 * comma, as spreadsheets write it. A byte order mark and empty lines are skipped. Header names are in lower case.
 */
export function parseCsv(text: string): {
  readonly header: readonly string[];
  readonly rows: readonly CsvRow[];
} {
  const content = text.replace(/^\uFEFF/, "");
  const first = content.slice(0, content.search(/\r|\n|$/));
  const separator = [",", ";", "\t"].find((character) => first.includes(character)) ?? ",";
  const records = readRecords(content, separator).filter(({ fields }) =>
    fields.some((field) => field.trim() !== ""),
  );
  const [head, ...rest] = records;
  if (!head) throw new CsvError(1, "found nothing; expected a header");
  const header = head.fields.map((field) => field.trim().toLowerCase());
  const twice = header.find((name, index) => name !== "" && header.indexOf(name) < index);
  if (twice !== undefined) throw new CsvError(head.line, `found two columns ${JSON.stringify(twice)}`);
  const rows = rest.map(({ line, fields }) => {
    if (fields.length > header.length)
      throw new CsvError(line, `found ${fields.length} values; expected ${header.length}, as in the header`);
    return {
      line,
      values: Object.fromEntries(header.map((name, index) => [name, bare(fields[index]?.trim() ?? "")])),
    };
  });
  return { header, rows };
}

interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

function readRecords(text: string, separator: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let fields: string[] = [];
  let line = 1;
  let started = 1;
  let at = 0;
  while (at < text.length) {
    const { value, end } = text[at] === '"' ? readQuoted(text, at, line) : readPlain(text, at, separator);
    fields.push(value);
    line += text.slice(at, end).split("\n").length - 1;
    at = end;
    if (text[at] === separator) {
      at++;
      if (at < text.length) continue;
      fields.push("");
    } else if (at < text.length && text[at] !== "\r" && text[at] !== "\n")
      throw new CsvError(line, "found text after a closing quotation mark");
    records.push({ line: started, fields });
    fields = [];
    at += text.startsWith("\r\n", at) ? 2 : 1;
    line++;
    started = line;
  }
  return records;
}

function readPlain(text: string, from: number, separator: string): { value: string; end: number } {
  let end = from;
  while (end < text.length && text[end] !== separator && text[end] !== "\n" && text[end] !== "\r") end++;
  return { value: text.slice(from, end), end };
}

function readQuoted(text: string, from: number, line: number): { value: string; end: number } {
  let value = "";
  let at = from + 1;
  for (;;) {
    const close = text.indexOf('"', at);
    if (close < 0) throw new CsvError(line, "found no closing quotation mark");
    value += text.slice(at, close);
    if (text[close + 1] !== '"') return { value, end: close + 1 };
    value += '"';
    at = close + 2;
  }
}

/**
 * One line of CSV, with its end; values are quoted where they need it. A value that a spreadsheet would run as a formula
 * gets an apostrophe in front, which `parseCsv` removes (OWASP, 'CSV Injection'): `=` and `-` can start a mail address.
 */
export const formatCsv = (values: readonly string[]): string => {
  const fields = values.map((value) => {
    const shown = startsFormula.test(value) ? `'${value}` : value;
    return /[",;\t\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
  });
  return `${fields.join(",")}\n`;
};

/** Telephone numbers start with `+`, and no spreadsheet runs a number. An apostrophe is doubled, so that it stays. */
const startsFormula = /^(?:[=\-@'\t\r]|\+(?!\d{1,15}$))/;

/** The value without the apostrophe that `formatCsv` puts in front. */
const bare = (value: string): string => (/^'[=\-@+'\t\r]/.test(value) ? value.slice(1) : value);
