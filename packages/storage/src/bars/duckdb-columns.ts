import type { DuckDBConnection, DuckDBDataChunk, DuckDBMaterializedResult } from '@duckdb/node-api';
import { type Columns, columnsOfLength, valueNames } from './columns.ts';

/** Rows of one data chunk of DuckDB. */
const chunkRows = 2048;

/** Adds bars to the table `bars`. */
export async function append(
  { DOUBLE, DuckDBDataChunk }: typeof import('@duckdb/node-api'),
  connection: DuckDBConnection,
  columns: Columns,
): Promise<void> {
  const appender = await connection.createAppender('bars');
  const all = [columns.axis, ...valueNames.map((name) => columns[name])];
  for (let from = 0; from < columns.axis.length; from += chunkRows) {
    const chunk = DuckDBDataChunk.create(all.map(() => DOUBLE));
    chunk.setColumns(all.map((column) => Array.from(column.subarray(from, from + chunkRows))));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/** Rows come file by file; column 0 is the file's index, then the axis and the values. */
export async function columnsByFile(result: DuckDBMaterializedResult, files: number): Promise<Columns[]> {
  const chunks = await result.fetchAllChunks();
  const rows = Array.from({ length: files }, () => 0);
  for (const chunk of chunks) {
    const file = chunk.getColumnVector(0);
    for (let row = 0; row < chunk.rowCount; row += 1) rows[file.getItem(row) as number]! += 1;
  }
  const columns = rows.map(columnsOfLength);
  const filled = Array.from({ length: files }, () => 0);
  for (const chunk of chunks) copyChunk(chunk, columns, filled);
  return columns;
}

function copyChunk(chunk: DuckDBDataChunk, columns: readonly Columns[], filled: number[]): void {
  const vectors = ['axis', ...valueNames].map((_, index) => chunk.getColumnVector(index + 1));
  const file = chunk.getColumnVector(0);
  for (let row = 0; row < chunk.rowCount; row += 1) {
    const index = file.getItem(row) as number;
    const target = columns[index]!;
    const position = filled[index]!++;
    target.axis[position] = vectors[0]!.getItem(row) as number;
    for (let v = 0; v < valueNames.length; v += 1)
      target[valueNames[v]!][position] = vectors[v + 1]!.getItem(row) as number;
  }
}
