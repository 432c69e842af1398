import type {
  KyselyPlugin,
  PluginTransformQueryArgs,
  PluginTransformResultArgs,
  QueryResult,
  RootOperationNode,
  UnknownRow,
} from 'kysely';
import { tableName } from './table-name.ts';
import type { Tables } from './tables.ts';

/** A table, by its name in camel case. */
export type TableName = keyof Tables;

/** What this process wrote, so that whoever keeps what was read knows when it is no longer true. */
export interface TableWrites {
  /** A number that is another one after each statement that wrote to one of the tables. */
  version(tables: readonly TableName[]): number;
}

/**
 * Counts the statements that insert, update, delete or merge, by table. It goes before plugins that change the names of
 * tables.
 */
export class WriteCounter implements KyselyPlugin, TableWrites {
  readonly #counts = new Map<string, number>();
  readonly #running = new WeakMap<PluginTransformQueryArgs['queryId'], string>();

  version(tables: readonly TableName[]): number {
    return tables.reduce((sum, table) => sum + (this.#counts.get(table) ?? 0), 0);
  }

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    const table = writtenTable(node);
    if (table !== undefined) this.#running.set(queryId, table);
    return node;
  }

  async transformResult({ queryId, result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    const table = this.#running.get(queryId);
    if (table !== undefined) this.#counts.set(table, (this.#counts.get(table) ?? 0) + 1);
    return result;
  }
}

function writtenTable(node: RootOperationNode): string | undefined {
  if (node.kind === 'InsertQueryNode') return tableName(node.into);
  if (node.kind === 'UpdateQueryNode') return tableName(node.table);
  if (node.kind === 'DeleteQueryNode') return tableName(node.from.froms[0]);
  // A merge is written as it stands, and its first value is the table.
  if (node.kind === 'RawNode' && node.sqlFragments[0] === 'merge into ') return tableName(node.parameters[0]);
  return undefined;
}
