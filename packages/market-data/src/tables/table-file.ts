import { isDayTradeError } from '@daytrade/errors';
import { parseSymbol, type SymbolCode } from '@daytrade/market';
import { type CsvLine, csvFields, csvLines, type Separator } from './lines.ts';
import { decodeText, unpack, unreadable } from './read-file.ts';

/** A table of a text file: its header and the lines below. */
export interface TableFile {
  readonly separator: Separator;
  readonly header: CsvLine;
  readonly names: readonly string[];
  readonly body: readonly CsvLine[];
}

/** A row that cannot be taken, with its line and the reason. */
export interface RowFault {
  /** The first line of the file is 1. */
  readonly line: number;
  readonly message: string;
}

/** Fault of a row; `readRows` lists its message. */
export class BadRow extends Error {}

const separators = [',', ';', '\t'] as const satisfies readonly Separator[];

/**
 * Reads a table: CSV, gzipped or not, in UTF-8 or Shift_JIS, with a header.
 *
 * @throws DayTradeError `data.file-unreadable` for another file
 */
export async function readTableFile(bytes: Uint8Array, file: string): Promise<TableFile> {
  const unpacked = await unpack(bytes, file);
  const [header, ...body] = csvLines(decodeText(unpacked.bytes, file).text);
  if (header === undefined) throw unreadable(file, 'the file holds nothing but blank lines');
  const separator = separators.find((each) => header.text.includes(each)) ?? ',';
  return { separator, header, names: csvFields(header.text, separator), body };
}

/** Reads every row with a function that throws {@link BadRow} for a wrong one. Returns the faults. */
export function readRows(
  { body, separator }: TableFile,
  read: (fields: readonly string[], line: number) => void,
): RowFault[] {
  const faults: RowFault[] = [];
  for (const { line, text } of body) {
    try {
      read(csvFields(text, separator), line);
    } catch (error) {
      if (!(error instanceof BadRow)) throw error;
      faults.push({ line, message: error.message });
    }
  }
  return faults;
}

/** @throws BadRow for another text than a code */
export function codeIn(column: string, text: string): SymbolCode {
  try {
    return parseSymbol(text);
  } catch (error) {
    if (!isDayTradeError(error)) throw error;
    throw new BadRow(`${column}: expected a code as 7203, 72030 or 7203.T, got ${quoted(text)}`, { cause: error });
  }
}

/** Quotes a field in a message, bounded. */
export function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 40));
}
