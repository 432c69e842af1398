import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { BarOrigins } from './bar-origins.ts';
import { type Columns, columnsOfLength, valueNames } from './columns.ts';

/** Rows come file by file; column 0 is the file's index, then the axis and the values. */
export function columnsByFile(chunks: readonly DuckDBDataChunk[], files: number): Columns[] {
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

/** The origins in rows whose last two columns are source and milliseconds. */
export function originsIn(chunks: readonly DuckDBDataChunk[]): BarOrigins {
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
  const positions = new Map<string, number>();
  const source = new Int32Array(rows).fill(-1);
  const fetchedAt = new Float64Array(rows).fill(Number.NaN);
  let row = 0;
  for (const chunk of chunks) {
    const names = chunk.getColumnVector(valueNames.length + 2);
    const times = chunk.getColumnVector(valueNames.length + 3);
    for (let at = 0; at < chunk.rowCount; at += 1, row += 1) {
      const name = names.getItem(at);
      if (typeof name !== 'string') continue;
      if (!positions.has(name)) positions.set(name, positions.size);
      source[row] = positions.get(name)!;
      fetchedAt[row] = Number(times.getItem(at));
    }
  }
  return { sources: [...positions.keys()], source, fetchedAt };
}
