import type { Address } from "../../aws/subscriptions.ts";
import { suggestion } from "../../console/suggestion.ts";
import { UsageError } from "../../console/usage-error.ts";
import { addressKey, expectedAddress, parseAddress } from "./address.ts";
import { CsvError, parseCsv, type CsvRow } from "./csv.ts";
import { parseFilters } from "./filter.ts";
import type { AudienceTopic } from "./topic.ts";

/** Columns of a file of readers. `export` writes all; `import` reads the first four and ignores the others. */
export const columns = ["audience", "address", "protocol", "filter", "state", "protected"] as const;

/** A reader to subscribe. */
export interface WantedReader extends AudienceTopic {
  readonly address: Address;
  readonly filter?: string;
}

/** Mistakes that are listed; a file with the wrong content may have thousands. */
const maxListed = 20;

/**
 * Reads a file of readers, each once, for the topics of their audiences. Without a column `audience` there must be one
 * topic. With `only`, lines of other audiences are counted and not read. Throws `UsageError` with the mistakes of the
 * file, by line and without addresses.
 */
export function readReaderFile(
  text: string,
  topics: readonly AudienceTopic[],
  only?: string,
): { readonly readers: readonly WantedReader[]; readonly repeated: number; readonly ofOthers: number } {
  const all = readRows(text);
  const rows = all.filter(
    ({ values }) => only === undefined || [undefined, "", only].includes(values["audience"]),
  );
  const mistakes: string[] = [];
  const readers = new Map<string, WantedReader>();
  for (const row of rows) {
    try {
      const reader = readRow(row, topics);
      const key = `${reader.topic} ${addressKey(reader.address)}`;
      const other = readers.get(key);
      if (other && other.filter !== reader.filter)
        throw new UsageError("the same address as before, with another filter");
      readers.set(key, other ?? reader);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      mistakes.push(`line ${row.line}: ${error.message}`);
    }
  }
  if (mistakes.length > 0) {
    const listed = mistakes.slice(0, maxListed);
    const rest = mistakes.length - listed.length;
    const more = rest > 0 ? [`and ${rest.toLocaleString("en")} more`] : [];
    throw new UsageError(`The file has mistakes; nothing was sent.\n  ${[...listed, ...more].join("\n  ")}`);
  }
  return {
    readers: [...readers.values()],
    repeated: rows.length - readers.size,
    ofOthers: all.length - rows.length,
  };
}

function readRows(text: string): readonly CsvRow[] {
  try {
    const { header, rows } = parseCsv(text);
    const unknown = header.find((name) => !(columns as readonly string[]).includes(name));
    if (unknown !== undefined)
      throw new UsageError(
        `The header has the column ${JSON.stringify(unknown)}; ${suggestion(unknown, columns)}.`,
      );
    if (!header.includes("address")) throw new UsageError("The header has no column address.");
    return rows;
  } catch (error) {
    if (error instanceof CsvError) throw new UsageError(`The file is no CSV: ${error.message}.`);
    throw error;
  }
}

function readRow({ values }: CsvRow, topics: readonly AudienceTopic[]): WantedReader {
  const place = placeOf(values["audience"] ?? "", topics);
  const parsed = parseAddress(values["address"] ?? "");
  if ("problem" in parsed) throw new UsageError(parsed.problem);
  const address = {
    ...parsed.address,
    protocol: protocolOf(values["protocol"] ?? "", parsed.address.protocol),
  };
  const filter = values["filter"] ? parseFilters([values["filter"]]) : undefined;
  return { ...place, address, ...(filter !== undefined && { filter }) };
}

function placeOf(audience: string, topics: readonly AudienceTopic[]): AudienceTopic {
  const [only, ...others] = topics;
  if (audience === "") {
    if (only && others.length === 0) return only;
    throw new UsageError("found no audience; expected a column audience or the option --audience");
  }
  const place = topics.find((topic) => topic.audience === audience);
  if (place) return place;
  const names = topics.map((topic) => topic.audience);
  throw new UsageError(
    `there is no audience ${JSON.stringify(audience)} here; ${suggestion(audience, names)}`,
  );
}

/** A mail address may be subscribed to JSON mails too; every other address has one protocol. */
function protocolOf(given: string, protocol: string): string {
  if (given === "" || given === protocol) return protocol;
  if (protocol === "email" && given === "email-json") return given;
  throw new UsageError(
    `found the protocol ${JSON.stringify(given)}; expected ${protocol}, or ${expectedAddress}`,
  );
}
