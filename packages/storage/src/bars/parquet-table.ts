import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api';

/** Longer texts are not values of a bar. */
const longestValue = 100;
const mostColumns = 100;

/** What {@link tableText} gives when a table has more than is wanted. */
export const tooLarge = Symbol('a table that is too large');

/**
 * The table of a parquet file as text with tabs between the fields, its header first. Dates are written YYYY-MM-DD,
 * moments as milliseconds since 1970, and so is what a column `time` holds, which this platform writes in UTC; NaN and
 * null are empty.
 *
 * @param mostCharacters of the text
 */
export async function tableText(
  connection: DuckDBConnection,
  source: string,
  mostCharacters: number,
): Promise<string | typeof tooLarge> {
  const described = await (await connection.run(`DESCRIBE SELECT * FROM ${source}`)).getRows();
  if (described.length > mostColumns) return tooLarge;
  const columns = described.map(([name, type]) => ({ name: String(name), type: String(type) }));
  const row = `concat_ws(chr(9), ${columns.map(fieldOf).join(', ')})`;
  const header = columns.map(({ name }) => name.replaceAll(/[\t\r\n"]/g, ' ')).join('\t');
  const pieces = [header];
  let characters = header.length;
  for await (const piece of rowsOf(await connection.stream(`SELECT ${row} FROM ${source}`))) {
    characters += piece.length + 1;
    if (characters > mostCharacters) return tooLarge;
    pieces.push(piece);
  }
  return `${pieces.join('\n')}\n`;
}

async function* rowsOf(result: DuckDBResult): AsyncGenerator<string> {
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    const rows = chunk.getColumnVector(0);
    for (let row = 0; row < chunk.rowCount; row += 1) yield String(rows.getItem(row) ?? '');
  }
}

/** The SQL of one field's text; never null, since `concat_ws` would leave it out. */
function fieldOf({ name, type }: { readonly name: string; readonly type: string }): string {
  const column = `"${name.replaceAll('"', '""')}"`;
  return `coalesce(${textOf(column, type, name)}, '')`;
}

function textOf(column: string, type: string, name: string): string {
  if (type === 'FLOAT' || type === 'DOUBLE') return `CASE WHEN isnan(${column}) THEN '' ELSE ${column}::VARCHAR END`;
  if (type.startsWith('TIMESTAMP')) {
    const isMoment = type === 'TIMESTAMP WITH TIME ZONE' || name.toLowerCase() === 'time';
    return isMoment ? `epoch_ms(${column})::VARCHAR` : `strftime(${column}, '%Y-%m-%d %H:%M:%S')`;
  }
  const text = `left(${column}::VARCHAR, ${longestValue})`;
  return type === 'VARCHAR' ? `translate(${text}, chr(9) || chr(10) || chr(13) || '"', '    ')` : text;
}
