import { csvRow } from '@daytrade/market-data';

/** A value of a table; null is an empty field. */
export type CsvValue = string | number | boolean | null;

/** How CSV text is written. */
export interface CsvStyle {
  /** For a spreadsheet: with a byte order mark, and no text that it would take for a formula. */
  readonly excel: boolean;
}

const byteOrderMark = '\ufeff';

/** The lines of a table, its header first. */
export async function* csvTable(
  header: readonly string[],
  rows: AsyncIterable<readonly CsvValue[]>,
  { excel }: CsvStyle,
): AsyncGenerator<string> {
  yield `${excel ? byteOrderMark : ''}${csvRow(header)}\n`;
  for await (const row of rows) yield `${csvRow(excel ? row.map(harmless) : row)}\n`;
}

/** CSV text that is written already, for a spreadsheet where that is asked for. */
export async function* styled(
  pieces: AsyncIterable<string | Uint8Array>,
  { excel }: CsvStyle,
): AsyncGenerator<string | Uint8Array> {
  if (excel) yield byteOrderMark;
  yield* pieces;
}

/** A spreadsheet takes text that begins so for a formula: rows in quarantine are anybody's text. */
function harmless(value: CsvValue): CsvValue {
  return typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}
