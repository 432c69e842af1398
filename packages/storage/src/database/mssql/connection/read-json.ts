import type { QueryResult, RootOperationNode } from 'kysely';
import { tableName } from '../../table-name.ts';
import { jsonColumns } from '../columns/json-columns.ts';

/** The rows of a statement with the columns of JSON as what they say. */
export function readJson<Row>(query: RootOperationNode, result: QueryResult<Row>): QueryResult<Row> {
  const columns = jsonColumns[tableOf(query) ?? ''] ?? [];
  if (columns.length === 0) return result;
  return { ...result, rows: result.rows.map((row) => parsed(row, columns)) };
}

function parsed<Row>(row: Row, columns: readonly string[]): Row {
  const texts = Object.entries(row as Record<string, unknown>);
  const values = texts.map(([name, value]) => [
    name,
    columns.includes(name) && typeof value === 'string' ? JSON.parse(value) : value,
  ]);
  return Object.fromEntries(values) as Row;
}

/** The table whose rows a statement gives. */
function tableOf(query: RootOperationNode): string | undefined {
  if (query.kind === 'SelectQueryNode') return tableName(query.from?.froms[0]);
  if (query.kind === 'InsertQueryNode') return tableName(query.into);
  if (query.kind === 'UpdateQueryNode') return tableName(query.table);
  return undefined;
}
