import { columnTable, widthOf, type Column } from "./columns.ts";
import { painterFor, safeLine, write } from "./terminal.ts";

/** Prints a list as it is read. */
export interface RowPrinter {
  add(cells: readonly string[]): Promise<void>;
  /** Prints what is left. */
  end(): Promise<void>;
}

/** Rows of a terminal whose columns are aligned together. */
const batchSize = 200;

/**
 * On a terminal rows are a table that fits its width, with titles, aligned within each 200 rows. In a file or pipe they
 * are complete and without titles, two spaces between cells that are not empty. Cells may be any text.
 */
export function rowPrinter(
  columns: readonly Column[],
  stream: NodeJS.WriteStream = process.stdout,
  environment: Readonly<NodeJS.ProcessEnv> = process.env,
): RowPrinter {
  const width = widthOf(stream);
  const paint = painterFor(stream, environment);
  let batch: (readonly string[])[] = [];
  let isFirst = true;
  const flush = async () => {
    if (batch.length === 0) return;
    const [titles = "", ...lines] = columnTable(columns, batch, { width, paint });
    batch = [];
    await write(stream, `${(isFirst ? [titles, ...lines] : lines).join("\n")}\n`);
    isFirst = false;
  };
  return {
    async add(cells) {
      const safe = cells.map(safeLine);
      if (width === undefined) return write(stream, `${safe.filter((cell) => cell !== "").join("  ")}\n`);
      batch.push(safe.map((cell, i) => columns[i]?.short?.(cell) ?? cell));
      if (batch.length === batchSize) await flush();
    },
    end: flush,
  };
}
