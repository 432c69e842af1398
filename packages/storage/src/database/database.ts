import {
  CamelCasePlugin,
  type Dialect,
  Kysely,
  type KyselyPlugin,
  type OperationNode,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  type RawNode,
  type RootOperationNode,
  type UnknownRow,
} from 'kysely';
import type { DatabaseAdapter, QueriedDatabase } from './database-adapter.ts';
import type { TableName, Tables } from './tables.ts';

export interface Database extends QueriedDatabase {
  readonly writes: TableWrites;
  close(): Promise<void>;
}

/** The writes of this process, for caches that must know when their answers are stale. */
export interface TableWrites {
  /** Returns a number that changes with each statement that writes to one of the tables. */
  version(tables: readonly TableName[]): number;
}

/** Returns the tables on an engine, with names in camel case. Connects to nothing and migrates nothing. */
export function databaseOn(dialect: Dialect, adapter: DatabaseAdapter): Database {
  const writes = new WriteCounter();
  const plugins = [writes, new CamelCasePlugin({ maintainNestedObjectKeys: true })];
  const db = new Kysely<Tables>({ dialect, plugins });
  return { db, adapter, writes, close: () => db.destroy() };
}

/** Counts inserts, updates, deletes and merges by table. It must precede plugins that rename tables. */
class WriteCounter implements KyselyPlugin, TableWrites {
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
  // A merge is raw SQL, with the table as its first value.
  if (node.kind === 'RawNode' && node.sqlFragments[0] === 'merge into ') return tableName(node.parameters[0]);
  return undefined;
}

/** Returns the name of the table in a part of a statement, with or without an alias. */
export function tableName(node: OperationNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  if ('table' in node) {
    const { table } = node as { readonly table: { readonly identifier: { readonly name: string } } };
    return table.identifier.name;
  }
  if (isRaw(node)) return tableName(node.parameters[0]);
  return 'node' in node ? tableName(node.node as OperationNode) : undefined;
}

function isRaw(node: OperationNode): node is RawNode {
  return node.kind === 'RawNode';
}
